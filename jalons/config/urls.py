from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("jalons.kernel.urls")),
    path("", include("jalons.access.urls")),
    path("", include("jalons.nomenclature.urls")),
    path("", include("jalons.accounts.urls")),
    path("", include("jalons.territories.urls")),
    path("", include("jalons.people.urls")),
    path("", include("jalons.pathways.urls")),
    path("", include("jalons.rights.urls")),
    path("", include("jalons.desk.urls")),
    path("", include("jalons.exchange.provider.urls")),
    path("", include("jalons.exchange.urls")),
]

handler400 = "jalons.kernel.errors.bad_request"
handler403 = "jalons.kernel.errors.forbidden"
handler404 = "jalons.kernel.errors.not_found"
handler500 = "jalons.kernel.errors.server_error"
