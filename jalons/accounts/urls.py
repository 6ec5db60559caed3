from jalons.access.routes import public, route, signed_in

from . import login_views, own_views, recovery_views

app_name = "accounts"

urlpatterns = [
    route("connexion/", login_views.login, name="login", get=public(), post=public()),
    route("connexion/code/", login_views.second, name="code", get=public(), post=public()),
    route(
        "connexion/application/",
        login_views.enrolment,
        name="enrolment",
        get=public(),
        post=public(),
    ),
    route("deconnexion/", login_views.logout, name="logout", post=signed_in(threshold=True)),
    route(
        "mot-de-passe-oublie/",
        recovery_views.forgotten,
        name="forgotten",
        get=public(),
        post=public(),
    ),
    route(
        "compte/lien/<str:token>/", recovery_views.link, name="link", get=public(), post=public()
    ),
    route(
        "compte/mot-de-passe/",
        recovery_views.choose_password,
        name="choose_password",
        get=public(),
        post=public(),
    ),
    route(
        "charte/",
        own_views.charter,
        name="charter",
        get=signed_in(threshold=True),
        post=signed_in(threshold=True),
    ),
    route(
        "mon-compte/sessions/",
        own_views.own_sessions,
        name="sessions",
        get=signed_in(),
        post=signed_in(),
    ),
    route(
        "mon-compte/mot-de-passe/",
        own_views.change_password,
        name="change_password",
        get=signed_in(),
        post=signed_in(),
    ),
    route(
        "mon-compte/codes/",
        own_views.recovery_codes,
        name="recovery_codes",
        post=signed_in(fresh=True),
    ),
    route("confirmer/", own_views.confirm, name="confirm", get=signed_in(), post=signed_in()),
]
