from jalons.access.routes import route, signed_in

from . import views

app_name = "nomenclature"

urlpatterns = [
    route("nomenclature/communes/", views.communes, name="communes", get=signed_in()),
    route("nomenclature/metiers/", views.occupations, name="occupations", get=signed_in()),
]
