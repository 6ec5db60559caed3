from jalons.access.routes import public, route, signed_in

from . import views

app_name = "accounts"

urlpatterns = [
    route("connexion/", views.login, name="login", get=public()),
    route("deconnexion/", views.logout, name="logout", post=signed_in()),
]
