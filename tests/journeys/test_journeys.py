"""What people do from one end to the other: told in `features/`, each sentence in `conftest`.

The sentences that only one feature says are here.
"""

from django.urls import reverse
from pytest_bdd import scenarios

from tests.journeys import exported
from tests.journeys.players import ACCOUNTS, Stage, control, list_pages
from tests.journeys.sentences import sentence
from tests.pages import agents, prepared
from tests.pages.walking import walk

MOST_PAGES, MOST_CODES = 40, 5

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


# A provider of identities


@sentence("{who} ouvre la page de connexion")
def _opens_login(stage: Stage, who: str) -> None:
    stage.window(who).goto(reverse("accounts:login"))


@sentence("{who} choisit la référente de démonstration")
def _chooses(stage: Stage, who: str) -> None:
    email = stage.site.cast.email(ACCOUNTS["la référente"])
    form = f"form:has(input[name=email][value='{email}'])"
    control(stage.window(who).locator(form), "Choisir").click()


@sentence("{who} quitte Jalons")
def _leaves(stage: Stage, who: str) -> None:
    stage.window(who).locator(".side .me").click()
    control(stage.window(who), "Se déconnecter").click()


@sentence("un compte qui a son mot de passe et son second facteur")
def _has_an_account(stage: Stage) -> None:
    elsewhere = stage.window("quelqu’un d’autre").context.request
    stage.account = agents.an_enrolled_account(stage.site, elsewhere)


@sentence("{who} se présente sous une identité inconnue")
def _is_a_stranger(stage: Stage, who: str) -> None:
    assert stage.account
    window = stage.window(who)
    window.locator("#stranger").get_by_label("Courriel").fill(f"nouvelle.{stage.account.email}")
    control(window.locator("#stranger"), "Continuer").click()


@sentence("{who} prouve le compte par son mot de passe")
def _proves(stage: Stage, who: str) -> None:
    assert stage.account
    form = stage.window(who).locator("#by-password")
    form.get_by_label("Courriel").fill(stage.account.email)
    form.get_by_label("Mot de passe").fill(agents.PASSWORD)
    control(form, "Relier mon compte").click()


@sentence("{who} recopie le code de son application")
def _copies(stage: Stage, who: str) -> None:
    assert stage.account
    stage.window(who).get_by_label("Code").fill(stage.account.next_code())
    control(stage.window(who), "Se connecter").click()


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
