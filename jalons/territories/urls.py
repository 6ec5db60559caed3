from jalons.access.levels import Level
from jalons.access.routes import does, lists, public, route, signed_in
from jalons.access.table import READ_INSTALLATION, SET

from . import consortium_urls, demo_views, setting_views, views

app_name = "territories"

urlpatterns = [
    route(
        "structures/",
        views.organizations,
        name="organizations",
        get=lists("organization", Level.OPEN),
    ),
    route("mon-compte/", views.account, name="account", get=signed_in()),
    route("mandat/", views.choose_mandate, name="choose_mandate", post=signed_in()),
    route(
        "reglages/",
        setting_views.settings_list,
        name="settings",
        get=does(SET, "consortium"),
    ),
    route(
        "reglages/modifier/",
        setting_views.setting,
        name="setting",
        get=does(SET, "consortium"),
        post=does(SET, "consortium"),
    ),
    route(
        "reglages/renoncer/",
        setting_views.withdraw,
        name="setting_withdraw",
        post=does(SET, "consortium"),
    ),
    route(
        "installation/",
        setting_views.installation,
        name="installation",
        get=does(READ_INSTALLATION, "platform"),
    ),
    route(
        "demo/connexion",
        demo_views.login,
        name="demo_login",
        get=public(demo=True),
        post=public(demo=True),
    ),
    *consortium_urls.urlpatterns,
]
