from jalons.access.levels import Level
from jalons.access.routes import lists, public, route, signed_in

from . import consortium_urls, demo_views, views

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
        "demo/connexion",
        demo_views.login,
        name="demo_login",
        get=public(demo=True),
        post=public(demo=True),
    ),
    *consortium_urls.urlpatterns,
]
