from django.urls import path

from . import demo_views, views

app_name = "kernel"

urlpatterns = [
    path("composants/", views.components, name="components"),
    path("demo/temps/", demo_views.travel, name="time_travel"),
    path("demo/courriels/", demo_views.sent_mails, name="sent_mails"),
    path("demo/courriels/<uuid:mail_id>/", demo_views.sent_mail, name="sent_mail"),
]
