from jalons.access.routes import does, route, signed_in

from . import list_views, views

app_name = "nomenclature"
ADD, CLOSE = "nomenclature.add_term", "nomenclature.close_term"

urlpatterns = [
    route("nomenclature/communes/", views.communes, name="communes", get=signed_in()),
    route("nomenclature/metiers/", views.occupations, name="occupations", get=signed_in()),
    route("reglages/listes/", list_views.lists, name="lists", get=does(ADD, "term")),
    route(
        "reglages/liste/",
        list_views.own_list,
        name="list",
        get=does(ADD, "term"),
        post=does(ADD, "term"),
    ),
    route(
        "reglages/liste/fermer/",
        list_views.close,
        name="list_close",
        post=does(CLOSE, "term"),
    ),
]
