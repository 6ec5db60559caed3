"""The one vocabulary of the journeys: every sentence of `features/` is defined here."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from html import unescape
from time import monotonic

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, expect

from tests.browsers import Windows
from tests.demo_site import Site
from tests.journeys.players import (
    ACCOUNTS,
    Stage,
    control,
    does_not_read,
    list_pages,
    open_entry,
    reads,
)
from tests.journeys.sentences import sentence

NOT_SHARED = "Cette page n’existe pas ou n’est pas partagée avec vous"
PATIENCE = 10
"""Seconds given to the worker."""
NEXT = re.compile(r'rel="next" href="([^"]+)"')


@pytest.fixture(autouse=True)
def _in_a_browser(windows: Windows) -> None:
    """Sentences ask for what they need as they come: a journey is known by this to have windows."""


@pytest.fixture
def stage(demo_site: Site, windows: Windows) -> Stage:
    return Stage(demo_site, windows)


@pytest.fixture
def time() -> Iterator[ExitStack]:
    """Journeys in time, ended with the scenario."""
    with ExitStack() as journeys:
        yield journeys


# Who is there


@sentence("une personne suivie par la référente")
def _somebody(stage: Stage) -> None:
    stage.person = stage.site.cast.take()


@sentence("une personne suivie par la référente, avec une information restreinte")
def _somebody_with_a_secret(stage: Stage) -> None:
    stage.person = stage.site.cast.followed(restricted=True)


@sentence("{who} navigue sans scripts")
def _without_scripts(stage: Stage, who: str) -> None:
    stage.without_scripts(who)


@sentence("{who} est connecté")
@sentence("{who} est connectée")
@sentence("{who} se reconnecte")
def _signs_in(stage: Stage, who: str) -> None:
    stage.sign_in(who)


@sentence("{who} se déconnecte")
def _signs_out(stage: Stage, who: str) -> None:
    window = stage.window(who)
    window.locator(".side .me").click()
    control(window, "Se déconnecter").click()
    reads(window, "Connexion")
    stage.site.forget(ACCOUNTS[who])


@sentence("nous sommes le lendemain")
def _tomorrow(stage: Stage, time: ExitStack) -> None:
    time.enter_context(stage.site.later(timedelta(days=1)))


# What they do


@sentence("{who} ouvre « {text} »")
def _opens(stage: Stage, who: str, text: str) -> None:
    open_entry(stage.window(who), text)


@sentence("{who} clique sur « {text} »")
def _clicks(stage: Stage, who: str, text: str) -> None:
    control(stage.window(who), text).click()


@sentence("{who} choisit le filtre « {text} »")
def _filters(stage: Stage, who: str, text: str) -> None:
    chip = control(stage.window(who), text)
    chip.click()
    expect(chip).to_have_attribute("aria-current", "true")


@sentence("{who} confirme « {text} »")
def _confirms(stage: Stage, who: str, text: str) -> None:
    control(stage.window(who).locator(":popover-open"), text).click()


@sentence("{who} ferme ce qui est ouvert")
def _closes(stage: Stage, who: str) -> None:
    stage.window(who).keyboard.press("Escape")
    expect(stage.window(who).locator(":popover-open")).to_have_count(0)


@sentence("{who} écrit « {text} » dans « {field} »")
def _writes(stage: Stage, who: str, text: str, field: str) -> None:
    box = stage.window(who).get_by_label(field)
    box.press_sequentially(text)
    box.blur()


@sentence("{who} remplit « {field} » avec « {text} »")
def _fills(stage: Stage, who: str, field: str, text: str) -> None:
    stage.window(who).get_by_label(_label(field)).fill(text)


@sentence("{who} choisit « {text} » dans « {field} »")
def _selects(stage: Stage, who: str, text: str, field: str) -> None:
    stage.window(who).get_by_label(_label(field)).select_option(label=text)


def _label(field: str) -> re.Pattern[str]:
    """The whole label, whatever its spaces, said to be optional or not."""
    words = re.escape(field).replace(r"\ ", r"\s")
    return re.compile(rf"^\s*{words}(\s\(facultatif\))?\s*$")


@sentence("{who} valide « {text} »")
def _sends(stage: Stage, who: str, text: str) -> None:
    """Sends a form, and waits for the page that answers."""
    window = stage.window(who)
    with window.expect_navigation():
        window.get_by_role("button", name=text, exact=True).click()


@sentence("{who} appuie sur « {text} »")
def _presses(stage: Stage, who: str, text: str) -> None:
    stage.window(who).keyboard.press(text)


@sentence("{who} tape « {text} » puis valide")
def _types(stage: Stage, who: str, text: str) -> None:
    stage.window(who).keyboard.type(text)
    stage.window(who).keyboard.press("Enter")


# The person's pages


@sentence("{who} ouvre le dossier de la personne")
def _opens_dossier(stage: Stage, who: str) -> None:
    stage.window(who).goto(stage.path("people:identity"))


@sentence("{who} ouvre le dossier de la personne dans la liste")
def _opens_from_list(stage: Stage, who: str) -> None:
    link = f"a[href='{stage.path('people:identity')}']"
    for window in list_pages(stage.window(who)):
        if window.locator(link).count():
            window.locator(link).click()
            return
    raise AssertionError("La personne n’est dans aucune page de la liste.")


@sentence("{who} ouvre l’aperçu de la personne")
def _opens_masked(stage: Stage, who: str) -> None:
    stage.window(who).goto(stage.path("people:masked"))


@sentence("{who} ne peut plus ouvrir l’aperçu de la personne")
def _cannot_open_masked(stage: Stage, who: str) -> None:
    answer = stage.window(who).context.request.get(stage.path("people:masked"))
    assert answer.status == 404
    assert NOT_SHARED in answer.text()


@sentence("{who} ne peut pas ouvrir le dossier de la personne")
@sentence("{who} ne peut plus ouvrir le dossier de la personne")
def _cannot_open(stage: Stage, who: str) -> None:
    answer = stage.window(who).context.request.get(stage.path("people:identity"))
    assert answer.status == 404
    assert NOT_SHARED in answer.text()


@sentence("la personne n’est plus dans la file active de {who}")
def _is_not_listed(stage: Stage, who: str) -> None:
    assert not _listed(stage, who)


@sentence("la personne est de nouveau dans la file active de {who}")
def _is_listed(stage: Stage, who: str) -> None:
    assert _listed(stage, who)


def _listed(stage: Stage, who: str) -> bool:
    """Looked up beside the window: the player stays where they are."""
    request, path = stage.window(who).context.request, reverse("desk:caseload")
    following = [""]
    while following:
        html = request.get(path + unescape(following[0])).text()
        if stage.path("people:identity") in html:
            return True
        following = NEXT.findall(html)
    return False


# What they read


@sentence("{who} lit « {text} »")
def _reads(stage: Stage, who: str, text: str) -> None:
    reads(stage.window(who), text)


@sentence("{who} ne lit pas « {text} »")
def _does_not_read(stage: Stage, who: str, text: str) -> None:
    does_not_read(stage.window(who), text)


@sentence("{who} lit le nom de la personne")
def _reads_name(stage: Stage, who: str) -> None:
    assert stage.person
    reads(stage.window(who), stage.person.family_name)


@sentence("{who} ne lit pas le nom de la personne")
def _does_not_read_name(stage: Stage, who: str) -> None:
    assert stage.person
    does_not_read(stage.window(who), stage.person.name)
    assert stage.person.family_name not in stage.window(who).content()


@sentence("{who} lit l’information restreinte de la personne")
def _reads_secret(stage: Stage, who: str) -> None:
    assert stage.person
    reads(stage.window(who), stage.site.cast.restricted_status(stage.person))


@sentence("{who} ne lit pas l’information restreinte de la personne")
def _does_not_read_secret(stage: Stage, who: str) -> None:
    assert stage.person
    does_not_read(stage.window(who), stage.site.cast.restricted_status(stage.person))


@sentence("{who} lit la commune de la personne")
def _reads_commune(stage: Stage, who: str) -> None:
    assert stage.person
    main = stage.window(who).locator("main")
    expect(main).to_contain_text(stage.site.cast.commune(stage.person), use_inner_text=True)


@sentence("{who} ne lit pas la commune de la personne")
def _does_not_read_commune(stage: Stage, who: str) -> None:
    assert stage.person
    main = stage.window(who).locator("main")
    expect(main).not_to_contain_text(stage.site.cast.commune(stage.person), use_inner_text=True)


@sentence("{who} lit les initiales de la personne")
def _reads_initials(stage: Stage, who: str) -> None:
    assert stage.person
    reads(stage.window(who), stage.person.initials)


@sentence("{who} écrit dans « {field} »")
def _is_writing_in(stage: Stage, who: str, field: str) -> None:
    expect(stage.window(who).get_by_label(field)).to_be_focused()


@sentence("« {field} » contient « {text} » chez {who}")
def _field_holds(stage: Stage, who: str, field: str, text: str) -> None:
    expect(stage.window(who).get_by_label(field)).to_have_value(text)


@sentence("{who} est prévenue : « {text} »")
def _is_told(stage: Stage, who: str, text: str) -> None:
    window, end = stage.window(who), monotonic() + PATIENCE
    open_entry(window, "Alertes")
    while not _alert(stage, who).count() and monotonic() < end:
        window.wait_for_timeout(200)
        window.reload()
    expect(_alert(stage, who)).to_contain_text(text)


@sentence("{who} ouvre le dossier de la personne depuis l’alerte")
def _opens_from_alert(stage: Stage, who: str) -> None:
    control(_alert(stage, who), "Ouvrir le dossier").click()


def _alert(stage: Stage, who: str) -> Locator:
    link = f"a[href='{stage.path('people:identity')}']"
    return stage.window(who).locator("main li").filter(has=stage.window(who).locator(link))
