from jalons.access.levels import Level
from jalons.access.routes import does, lists, public, route, signed_in

from . import admin_views, federation_views, login_views, own_views, recovery_views

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
    route(
        "connexion/fournisseur/<slug:slug>/",
        federation_views.start,
        name="federation",
        get=public(),
    ),
    route(
        "connexion/fournisseur/<slug:slug>/retour/",
        federation_views.returned,
        name="federation_return",
        get=public(writes=True),
    ),
    route(
        "connexion/rapprochement/",
        federation_views.reconcile,
        name="reconcile",
        get=public(),
        post=public(),
    ),
    route(
        "deconnexion/terminee/",
        federation_views.signed_out,
        name="signed_out",
        get=public(),
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
    route(
        "confirmer/<slug:slug>/",
        federation_views.confirm,
        name="confirm_federation",
        post=signed_in(),
    ),
    route(
        "mon-compte/identites/<slug:slug>/relier/",
        federation_views.link,
        name="link_identity",
        post=signed_in(fresh=True),
    ),
    route(
        "mon-compte/identites/<uuid:identity>/retirer/",
        federation_views.forget,
        name="forget_identity",
        post=signed_in(fresh=True),
    ),
    route(
        "comptes/",
        admin_views.accounts,
        name="accounts",
        get=lists("account", Level.OPEN),
    ),
    route(
        "comptes/fournisseurs/",
        admin_views.providers,
        name="providers",
        get=lists("account", Level.OPEN),
    ),
    route(
        "comptes/<uuid:account_id>/",
        admin_views.account,
        name="account",
        get=lists("account", Level.OPEN),
    ),
    route(
        "comptes/<uuid:account_id>/desactiver/",
        admin_views.disable,
        name="disable",
        post=does("accounts.disable_account", "account"),
    ),
    route(
        "comptes/<uuid:account_id>/reactiver/",
        admin_views.enable,
        name="enable",
        post=does("accounts.enable_account", "account"),
    ),
    route(
        "comptes/<uuid:account_id>/second-facteur/",
        admin_views.reset_second_factor,
        name="reset_second_factor",
        post=does("accounts.reset_second_factor", "account"),
    ),
]
