from . import link_views, views
from .levels import Level
from .routes import declare, does, public, reads, route, signed_in
from .table import BREAK_GLASS

app_name = "access"

declare("kernel:components", get=public(demo=True))
declare("kernel:time_travel", get=public(demo=True), post=public(demo=True))
declare("kernel:sent_mails", get=public(demo=True))
declare("kernel:sent_mail", get=public(demo=True))

urlpatterns = [
    route(
        "personnes/<uuid:person>/pourquoi/",
        views.why,
        name="why",
        get=reads("person", Level.IDENTITY),
    ),
    route(
        "personnes/<uuid:person>/acces-urgent/",
        views.break_glass,
        name="break_glass",
        get=reads("person", Level.MASKED),
        post=does(BREAK_GLASS, "person"),
    ),
    route("brouillons/", views.draft, name="draft", post=signed_in()),
    route("annuler/<uuid:event>/", views.undo, name="undo", post=signed_in()),
    route("lien/", link_views.code, name="link_code", get=public(), post=public()),
    route("lien/<str:token>/", link_views.open_page, name="link", get=public(), post=public()),
]
