"""What people do from one end to the other: told in `features/`, each sentence in `conftest`.

The sentences that only one feature says are here.
"""

from time import monotonic, sleep

from django.urls import reverse
from playwright.sync_api import APIRequestContext
from pytest_bdd import scenarios

from jalons.kernel.ids import uuid7
from tests.journeys import exported
from tests.journeys.players import Stage, control, list_pages
from tests.journeys.sentences import sentence
from tests.pages import prepared
from tests.pages.walking import walk

MOST_PAGES, MOST_CODES = 40, 5
PATIENCE = 10
"""Seconds given to the worker."""

scenarios("features")


# A link


@sentence("{who} donne à la personne un lien et un code")
def _gives_link(stage: Stage, who: str) -> None:
    assert stage.person
    stage.link = prepared.send(stage.site, stage.window(who).context, stage.person)


@sentence("{who} ouvre son lien")
@sentence("{who} ouvre le lien de la personne")
def _opens_link(stage: Stage, who: str) -> None:
    assert stage.link
    stage.window(who).goto(stage.link.path)


@sentence("{who} écrit son code")
def _writes_code(stage: Stage, who: str) -> None:
    assert stage.link
    stage.window(who).get_by_label("Code").fill(stage.link.code)


@sentence("{who} se trompe cinq fois de code")
def _writes_wrong_codes(stage: Stage, who: str) -> None:
    assert stage.link
    wrong = "000000" if stage.link.code != "000000" else "111111"
    for _ in range(MOST_CODES):
        window = stage.window(who)
        window.get_by_label("Code").fill(wrong)
        with window.expect_navigation():
            control(window, "Continuer").click()


@sentence("l’adresse où se trouve {who} ne dit rien d’elle")
def _address_is_silent(stage: Stage, who: str) -> None:
    assert stage.link
    assert stage.window(who).url == stage.site.address + reverse("people:own_identity")


# A territory

EXPECTED = """
WITH told AS (
    INSERT INTO journal_event (id, recorded_at, occurred_at, kind, object_kind, dimensions)
    VALUES (%s, now(), now(), 'territories.invitation_prepared', 'invitation', '{}')
)
INSERT INTO territories_invitation (id, recorded_at, territory_id, organization_id, role, field,
    email, given_name, family_name, function)
SELECT %s, now(), territory_id, organization_id, 'manager', '', 'ines.marchal@orbelle.example',
    'Inès', 'Marchal', ''
FROM territories_mandate mandate JOIN accounts_account account ON account.id = mandate.account_id
WHERE account.email = %s
"""
COORDINATOR = "camille.serres@orbelle.example"


@sentence("« {field} » reçoit « {text} »")
def _is_mailed(stage: Stage, field: str, text: str) -> None:
    """`field` is an address, `text` the subject of the mail."""
    request, end = stage.window("quelqu’un d’autre").context.request, monotonic() + PATIENCE
    while not _mailed(request, field, text) and monotonic() < end:
        sleep(0.1)
    assert _mailed(request, field, text)


def _mailed(request: APIRequestContext, address: str, subject: str) -> bool:
    html = request.get(reverse("kernel:sent_mails")).text()
    return address in html and subject in html


@sentence("la coordinatrice ouvre sa session")
def _coordinator_signs_in(stage: Stage) -> None:
    window = stage.window("la coordinatrice")
    answer = window.context.request.post(
        f"{stage.site.address}/demo/connexion", form={"email": COORDINATOR}, max_redirects=0
    )
    assert answer.status == 302
    window.goto("/")


@sentence("la coordinatrice quitte puis revient")
def _leaves_and_comes_back(stage: Stage) -> None:
    window = stage.window("la coordinatrice")
    window.goto("about:blank")
    window.goto(reverse("territories:setup"))


@sentence("une collègue est attendue dans la structure de la coordinatrice")
def _somebody_is_expected(stage: Stage) -> None:
    """As the page of the team prepares it."""
    stage.site.write(EXPECTED, [uuid7(), uuid7(), COORDINATOR])


# Figures and files


@sentence("{who} parcourt toutes ses pages")
def _walks(stage: Stage, who: str) -> None:
    stage.texts = [
        window.locator("body").inner_text() for window in walk(stage.window(who), MOST_PAGES)
    ]
    assert len(stage.texts) > 2


@sentence("aucun nom de personne n’y figure")
def _nobody_is_named(stage: Stage) -> None:
    assert not [name for name in stage.site.cast.full_names for text in stage.texts if name in text]


@sentence("{who} lit toutes les pages de la liste")
def _reads_list(stage: Stage, who: str) -> None:
    stage.lines = [line for page in list_pages(stage.window(who)) for line in exported.shown(page)]
    assert stage.lines


@sentence("{who} exporte la liste en {text}")
def _exports(stage: Stage, who: str, text: str) -> None:
    window = stage.window(who)
    window.get_by_label("Format du fichier").select_option(text.lower())
    with window.expect_download() as download:
        control(window, "Exporter").click()
    stage.files[text] = download.value.path().read_bytes()


@sentence("chaque fichier contient exactement les lignes de l’écran")
def _files_hold_the_screen(stage: Stage) -> None:
    for kind, content in stage.files.items():
        assert exported.READERS[kind](content).lines == stage.lines, kind


@sentence("chaque fichier dit « {text} »")
def _files_say(stage: Stage, text: str) -> None:
    for kind, content in stage.files.items():
        assert text in exported.READERS[kind](content).notes, kind
