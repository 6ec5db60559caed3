"""Files sent on the demo's site, and imports held still in one of their states."""

import re
from collections.abc import Callable
from functools import cache
from time import monotonic, sleep

from django.urls import reverse
from playwright.sync_api import APIRequestContext, Browser, BrowserContext

from tests.demo_site import Site
from tests.exchange.persons import a_person_row
from tests.exchange.tables import a_structure, csv_of
from tests.pages.prepared import TOKEN, post

SENDER = "coordinator"
PATIENCE = 60
"""Seconds given to the worker."""
ROWS = [
    a_structure(901, Nom="Relais de la Savoureuse"),
    a_structure(902, Nom="Atelier des Remparts", Téléphones="poste 12"),
    a_structure(903, Nom="Jardins du Salbert", Code_postal="9"),
    a_structure(904, Nom="Maison des Faubourgs", Courriel_responsable="à demander"),
    a_structure(905, Nom="Régie du Lion", Ville="Autun"),
]
HELD = """
WITH marked AS (SELECT set_config('jalons.event', pg_current_xact_id()::text, true))
UPDATE exchange_import
SET state = %s, started_at = %s::timestamptz
FROM marked WHERE id = %s AND marked.set_config IS NOT NULL
"""


def send(
    request: APIRequestContext,
    content: bytes,
    name: str = "liste.csv",
    kind: str = "structures",
    until: str = "Vérifier avant",
) -> str:
    """Sends a file as the form does; the path of its import once its page says `until`."""
    page = reverse("exchange:upload")
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    token = TOKEN.findall(request.get(page).text())[0]
    fields = {"csrfmiddlewaretoken": token, "kind": kind, "file": file}
    answer = request.post(page, multipart=fields)
    assert answer.ok, answer.text()
    path = re.sub(r"^https?://[^/]+", "", answer.url)
    _wait(request, path, until)
    return path


def apply(request: APIRequestContext, path: str) -> None:
    post(request, path, f"{path}importer/")
    _wait(request, path, "Import terminé")


def _wait(request: APIRequestContext, path: str, text: str) -> None:
    end = monotonic() + PATIENCE
    while text not in request.get(path).text():
        assert monotonic() < end, f"{text} : {path}"
        sleep(0.1)


@cache
def _sent(site: Site, browser: Browser, what: str) -> str:
    """The path of one import in this state, made in a window of its sender's."""
    context = browser.new_context(base_url=site.address)
    site.sign_in(context, SENDER)
    path = send(context.request, csv_of(*ROWS))
    if what == "applied":
        apply(context.request, path)
    elif what == "cancelled":
        post(context.request, path, f"{path}annuler/")
    elif what != "checked":
        began = None if what == "received" else "2020-01-01"
        site.write(HELD, [what, began, path.strip("/").split("/")[1]])
    context.close()
    return path


def an_import(what: str, query: str = "") -> Callable[[Site, BrowserContext], str]:
    def path(site: Site, context: BrowserContext) -> str:
        assert context.browser
        return _sent(site, context.browser, what) + query

    return path


def a_history(site: Site, context: BrowserContext) -> str:
    an_import("applied")(site, context)
    an_import("checked")(site, context)
    return reverse("exchange:imports")


PERSONS = [
    a_person_row(901, Téléphone="06 39 98 00 31", Code_postal="90000", Ville="Belfort"),
    a_person_row(902, Email="anaelle@essai.example"),
]
CHANGED = [
    a_person_row(901, Téléphone="06 39 98 00 32", Droits_RSA="rsa_droit_ouvert_versable"),
    a_person_row(902, Email="kervadec@essai.example", Situation="emploi"),
    a_person_row(903, Date_de_naissance="31/02/1990"),
]

DOUBTFUL = [
    a_person_row(901, Identifiant_dans_le_SI="777901", Ville="Belfort", Code_postal="90000"),
    a_person_row(902, Identifiant_dans_le_SI="777902"),
]


UNNAMED = 4
"""Columns that bear another name: the first, which are required."""


@cache
def _of_persons(site: Site, browser: Browser, what: str) -> str:
    """An import of persons: known ones who change, or in doubt; columns that nobody recognises."""
    context = browser.new_context(base_url=site.address)
    site.sign_in(context, SENDER)
    if what == "unmapped":
        rows = [
            {
                f"Colonne {rank}" if rank <= UNNAMED else name: value
                for rank, (name, value) in enumerate(row.items(), 1)
            }
            for row in PERSONS
        ]
        path = send(context.request, csv_of(*rows), kind="beneficiaires", until="Reconnaître")
    else:
        rows = DOUBTFUL if what == "doubtful" else CHANGED
        apply(context.request, send(context.request, csv_of(*PERSONS), kind="beneficiaires"))
        path = send(context.request, csv_of(*rows), kind="beneficiaires")
    context.close()
    return path


def an_import_of_persons(what: str, more: str = "") -> Callable[[Site, BrowserContext], str]:
    def path(site: Site, context: BrowserContext) -> str:
        assert context.browser
        return _of_persons(site, context.browser, what) + more

    return path
