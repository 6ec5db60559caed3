from jalons.access.levels import Level
from jalons.access.routes import lists, route, signed_in

from . import views

app_name = "desk"

urlpatterns = [
    route("", views.home, name="home", get=signed_in()),
    route("alertes/", views.alerts, name="alerts", get=signed_in(), post=signed_in()),
    route(
        "file-active/",
        views.caseload,
        name="caseload",
        get=lists("person", Level.IDENTITY),
    ),
    route(
        "file-active/export/",
        views.export_caseload,
        name="caseload_export",
        post=lists("person", Level.IDENTITY, fresh=True),
    ),
]
