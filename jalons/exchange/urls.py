from jalons.access.levels import Level
from jalons.access.routes import does, lists, reads, route

from . import views
from .rules import APPLY, CANCEL, MAP, SETTLE, UPLOAD

app_name = "exchange"

urlpatterns = [
    route(
        "imports/",
        views.imports,
        name="imports",
        get=lists("file_import", Level.OPEN),
    ),
    route(
        "imports/nouveau/",
        views.upload,
        name="upload",
        get=does(UPLOAD, "file_import"),
        post=does(UPLOAD, "file_import"),
    ),
    route("imports/modele/", views.model, name="model", post=does(UPLOAD, "file_import")),
    route(
        "imports/structures/",
        views.organizations,
        name="organizations",
        get=lists("organization", Level.OPEN),
    ),
    route(
        "imports/<uuid:file_import>/",
        views.file_import,
        name="file_import",
        get=reads("file_import", Level.PRIVATE),
    ),
    route(
        "imports/<uuid:file_import>/colonnes/",
        views.map_columns,
        name="map_columns",
        post=does(MAP, "file_import"),
    ),
    route(
        "imports/<uuid:file_import>/differences/",
        views.differences,
        name="differences",
        get=lists("person", Level.IDENTITY),
    ),
    route(
        "imports/<uuid:file_import>/a-departager/",
        views.doubtful,
        name="doubtful",
        get=lists("person", Level.IDENTITY),
    ),
    route(
        "imports/<uuid:file_import>/a-departager/<int:number>/",
        views.settle,
        name="settle",
        post=does(SETTLE, "file_import"),
    ),
    route(
        "imports/<uuid:file_import>/importer/",
        views.apply,
        name="apply",
        post=does(APPLY, "file_import"),
    ),
    route(
        "imports/<uuid:file_import>/annuler/",
        views.cancel,
        name="cancel",
        post=does(CANCEL, "file_import"),
    ),
    route(
        "imports/<uuid:file_import>/lignes-refusees/",
        views.left_out,
        name="left_out",
        post=reads("file_import", Level.PRIVATE, fresh=True),
    ),
]
