from jalons.access.levels import Level
from jalons.access.routes import Line, does, lists, route
from jalons.access.table import (
    DESTROY_EXPORT,
    DOWNLOAD,
    ERASE,
    EXPORT_FILE,
    HANDLE_REQUEST,
    HOLD,
    READ_CONSULTATIONS,
    RECORD_REQUEST,
    REOPEN,
    SEE_EXPORTS,
)

from .consulted import views as consulted
from .copies import views as copies
from .exported import views as exported
from .requests import views as requests

app_name = "rights"


def _listed(act: str, kind: str) -> Line:
    return Line("policy", act, kind, Level.MASKED, many=True)


urlpatterns = [
    route(
        "personnes/<uuid:person>/droits/",
        requests.person,
        name="person",
        get=does(RECORD_REQUEST, "person"),
        post=does(RECORD_REQUEST, "person"),
    ),
    route(
        "personnes/<uuid:person>/copie/",
        copies.export,
        name="export",
        post=does(EXPORT_FILE, "person", fresh=True),
    ),
    route(
        "copies/<uuid:stored_export>/",
        copies.download,
        name="download",
        post=does(DOWNLOAD, "stored_export", fresh=True),
    ),
    route(
        "personnes/<uuid:person>/consultations/",
        consulted.consultations,
        name="consultations",
        get=does(READ_CONSULTATIONS, "person"),
    ),
    route(
        "personnes/<uuid:person>/consultations/export/",
        consulted.export,
        name="consultations_export",
        post=does(READ_CONSULTATIONS, "person", fresh=True),
    ),
    route(
        "personnes/<uuid:person>/effacement/",
        requests.erase,
        name="erase",
        post=does(ERASE, "person", fresh=True),
    ),
    route(
        "personnes/<uuid:person>/suspension/",
        requests.hold,
        name="hold",
        post=does(HOLD, "person"),
    ),
    route(
        "personnes/<uuid:person>/reouverture/",
        requests.reopen,
        name="reopen",
        post=does(REOPEN, "person"),
    ),
    route(
        "droits/demandes/",
        requests.requests,
        name="requests",
        get=_listed(HANDLE_REQUEST, "rights_request"),
    ),
    route(
        "droits/demandes/<uuid:rights_request>/",
        requests.request_page,
        name="request",
        get=does(HANDLE_REQUEST, "rights_request", Level.MASKED),
        post=does(HANDLE_REQUEST, "rights_request", Level.MASKED),
    ),
    route(
        "exports/",
        exported.exports,
        name="exports",
        get=lists("list_export", Level.PRIVATE),
    ),
    route(
        "exports/territoire/",
        exported.territory_exports,
        name="territory_exports",
        get=does(SEE_EXPORTS, "consortium"),
    ),
    route(
        "exports/<uuid:list_export>/detruit/",
        exported.destroy,
        name="destroy_export",
        post=does(DESTROY_EXPORT, "list_export"),
    ),
    route(
        "droits/archives/",
        requests.archives,
        name="archives",
        get=_listed(REOPEN, "person"),
    ),
]
