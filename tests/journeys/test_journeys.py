"""What people do from one end to the other: told in `features/`, each sentence in `conftest`.

The sentences that only one feature says are here.
"""

import csv
import io
import re
import secrets
import time
from dataclasses import replace
from datetime import date
from time import monotonic, sleep
from urllib.parse import unquote

import pyotp
from django.urls import reverse
from playwright.sync_api import APIRequestContext, FilePayload, expect
from playwright.sync_api import Page as Window
from pytest_bdd import scenarios

from jalons.accounts.second_factor import PERIOD
from jalons.kernel import clock
from jalons.kernel.ids import uuid7
from jalons.kernel.text import fold
from jalons.people.front_door.rules import swapped
from tests.exchange.tables import a_structure, csv_of, xlsx_of
from tests.journeys import exported, staff
from tests.journeys.players import ACCOUNTS, Stage, control, list_pages, open_entry
from tests.journeys.sentences import sentence
from tests.pages import agents, prepared
from tests.pages.agents import PASSWORD, SECRET
from tests.pages.walking import walk

MOST_PAGES, MOST_CODES = 40, 5
INVITATION = re.compile(r"/invitation/lien/[\w-]+/")
MAILS = re.compile(r'href="(/demo/courriels/[^"?]+)"')
PATIENCE = 60
"""Seconds given to the worker."""
STRUCTURES = "SELECT count(*) FROM territories_organization WHERE name LIKE %s"

ALIKE = """
WITH marked AS (SELECT set_config('jalons.event', pg_current_xact_id()::text, true)),
    numbers AS (
        DELETE FROM people_identifier USING marked
        WHERE kind = 'nir' AND person_id = ANY(%(both)s) AND marked.set_config IS NOT NULL
    )
INSERT INTO people_pair
    (id, recorded_at, territory_id, person_id, other_id, source, reasons, found_on, answer)
SELECT %(key)s, now(), territory_id, %(first)s, %(second)s, 'comparison',
    '{names_same,date_same}', '2000-01-01', ''
FROM marked, people_person WHERE id = %(first)s AND marked.set_config IS NOT NULL
"""
MERGED = "SELECT count(*) FROM people_person WHERE merged_into_id = ANY(%s)"
HISTORIES = """
SELECT coalesce(sum(hashtext(said)), 0) FROM (
    SELECT row_to_json(f)::text FROM people_followup f WHERE person_id = ANY(%s::uuid[])
    UNION ALL SELECT row_to_json(p)::text FROM people_person p WHERE id = ANY(%s::uuid[])
) AS rows (said)
"""
"""One number for what both files hold: another as soon as a row of theirs changes."""

LETTERS = str.maketrans("0123456789", "abcdefghij")

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


# A request without an account


@sentence("{who} ouvre la page publique de son territoire")
def _asks(stage: Stage, who: str) -> None:
    stage.window(who).goto(reverse("people:ask", args=[stage.site.cast.territory]))


@sentence("l’adresse où se trouve {who} ne dit rien de sa demande")
def _asked_in_silence(stage: Stage, who: str) -> None:
    path = reverse("people:asked", args=[stage.site.cast.territory])
    assert stage.window(who).url == stage.site.address + path


@sentence("{who} ouvre la dernière demande")
def _opens_request(stage: Stage, who: str) -> None:
    stage.window(who).get_by_role("link", name="Demande du").last.click()


# An objection

ALSO_FOLLOWS = """
WITH told AS (
    INSERT INTO journal_event (id, recorded_at, occurred_at, kind, object_kind, dimensions,
        territory, person)
    SELECT %s, now(), now(), 'people.follow_up_started', '', '{}', territory_id, id
    FROM people_person WHERE id = %s
)
INSERT INTO people_followup (id, recorded_at, territory_id, person_id, organization_id, account_id,
    role, motive, read_only, starts_on, end_reason)
SELECT %s, now(), territory_id, id, %s, %s, 'intervenant', '', false, current_date, ''
FROM people_person WHERE id = %s
"""


@sentence("le partenaire accompagne aussi la personne")
def _partner_follows(stage: Stage) -> None:
    stage.person = stage.site.cast.take()
    cast, key, partner = stage.site.cast, stage.person.key, ACCOUNTS["le partenaire"]
    place = [cast.organization(partner), cast.account(partner)]
    stage.site.write(ALSO_FOLLOWS, [uuid7(), key, uuid7(), *place, key])


@sentence("{who} choisit la structure du partenaire")
def _chooses_structure(stage: Stage, who: str) -> None:
    key = stage.site.cast.organization(ACCOUNTS["le partenaire"])
    stage.window(who).locator("select[name=organization]").select_option(str(key))


# The front door

AT_THE_CCAS = """
WITH told AS (
    INSERT INTO journal_event (id, recorded_at, occurred_at, kind, object_kind, dimensions,
        territory, person)
    SELECT %s, now(), now(), 'people.handed_over', '', '{}', territory_id, id
    FROM people_person WHERE id = %s
), young AS (
    UPDATE people_person SET birth_date = %s WHERE id = %s
)
UPDATE people_followup SET organization_id = %s, account_id = %s
WHERE person_id = %s AND role = 'referent' AND ends_on IS NULL
"""


@sentence("un jeune dont le référent est au CCAS")
def _young_at_the_ccas(stage: Stage) -> None:
    cast, found = stage.site.cast, stage.site.cast.take()
    born, local = date(clock.today().year - 20, 3, 7), ACCOUNTS["le référent"]
    stage.person = replace(found, birth_date=born)
    place = [cast.organization(local), cast.account(local)]
    stage.site.write(AT_THE_CCAS, [uuid7(), found.key, born, found.key, *place, found.key])


@sentence("{who} travaille à la mission locale")
def _works_with_the_young(stage: Stage, who: str) -> None:
    """Beside the facilitator, who is there."""
    staff.hire(stage.site, ACCOUNTS[who], ("practitioner", "facilitator"))
    stage.sign_in(who)


@sentence("{who} cherche la personne, jour et mois échangés")
def _searches_known(stage: Stage, who: str) -> None:
    assert stage.person
    born = swapped(stage.person.birth_date)
    _search(
        stage.window(who), stage.person.family_name, stage.person.given_name, f"{born:%d/%m/%Y}"
    )


@sentence("{who} cherche quelqu’un que personne ne connaît")
def _searches_nobody(stage: Stage, who: str) -> None:
    stage.name = f"Quidam{uuid7().hex[-6:]}".translate(LETTERS)
    _search(stage.window(who), stage.name, "Zoé", "03/02/2001")


@sentence("{who} cherche la même personne")
def _searches_again(stage: Stage, who: str) -> None:
    _search(stage.window(who), stage.name.upper(), "Zoe", "02/03/2001")


def _search(window: Window, family: str, given: str, born: str) -> None:
    for label, text in (("Nom", family), ("Prénom", given), ("Date de naissance", born)):
        window.get_by_label(label, exact=True).fill(text)
    with window.expect_navigation():
        window.get_by_role("button", name="Chercher", exact=True).click()


@sentence("l’adresse de la page où est {who} ne dit rien de la personne")
def _address_names_nobody(stage: Stage, who: str) -> None:
    assert stage.person
    address = fold(unquote(stage.window(who).url))
    assert fold(stage.person.family_name) not in address
    assert fold(stage.person.given_name) not in address


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


@sentence("la nouvelle coordinatrice ouvre sa session")
def _coordinator_signs_in(stage: Stage) -> None:
    window = stage.window("la nouvelle coordinatrice")
    answer = window.context.request.post(
        f"{stage.site.address}/demo/connexion", form={"email": COORDINATOR}, max_redirects=0
    )
    assert answer.status == 302
    window.goto("/")


@sentence("la nouvelle coordinatrice quitte puis revient")
def _leaves_and_comes_back(stage: Stage) -> None:
    window = stage.window("la nouvelle coordinatrice")
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
    control(window, "Exporter").click()
    window.get_by_label("Coordonner les parcours avec les partenaires").check()
    window.get_by_label("En quelques mots").fill("Réunion du 3 décembre")
    with window.expect_download() as download:
        control(window, "Exporter").click()
    window.go_back()
    stage.files[text] = download.value.path().read_bytes()


@sentence("chaque fichier contient exactement les lignes de l’écran")
def _files_hold_the_screen(stage: Stage) -> None:
    for kind, content in stage.files.items():
        assert exported.READERS[kind](content).lines == stage.lines, kind


@sentence("chaque fichier dit « {text} »")
def _files_say(stage: Stage, text: str) -> None:
    for kind, content in stage.files.items():
        assert text in exported.READERS[kind](content).notes, kind


@sentence("aucun fichier ne dit « {text} »")
def _files_do_not_say(stage: Stage, text: str) -> None:
    for kind, content in stage.files.items():
        assert text not in exported.READERS[kind](content).notes, kind


CONSULTED = """
WITH shelter AS (
    INSERT INTO territories_organization (id, recorded_at, territory_id, name, kind, siret,
        sensitive, commune, sort_key)
    SELECT %(shelter)s, now(), territory_id, 'CHRS Les Glycines', 'CHRS', '', true, '',
        'chrs les glycines'
    FROM people_person WHERE id = %(person)s
    RETURNING id, territory_id
)
INSERT INTO consultations.consultation (id, at, territory, account, organization, page, act, level,
    person, reason, refused)
SELECT %(shelter)s, now(), territory_id, %(account)s, id, 'people:identity', 'read', 'shared',
    %(person)s, 'follows', false
FROM shelter
"""


@sentence("une structure sensible qui a ouvert le dossier de la personne")
def _a_sensitive_structure_opened(stage: Stage) -> None:
    """The partner's account, working there."""
    assert stage.person
    account = stage.site.cast.account(ACCOUNTS["le partenaire"])
    values = {"shelter": uuid7(), "person": stage.person.key, "account": account}
    stage.site.write(CONSULTED, values)


# A team


@sentence("{who} a deux mandats")
def _has_two_mandates(stage: Stage, who: str) -> None:
    staff.hire(stage.site, ACCOUNTS[who], ("manager", "manager"), ("clerk", "practitioner2"))


@sentence("{who} a un mandat")
def _has_one_mandate(stage: Stage, who: str) -> None:
    staff.hire(stage.site, ACCOUNTS[who], ("clerk", "manager"))


@sentence("{who} choisit le mandat « {text} »")
def _chooses_mandate(stage: Stage, who: str, text: str) -> None:
    window = _menu(stage, who)
    control(window.locator("#menu-me"), text).click()
    window.wait_for_load_state()


@sentence("{who} choisit au clavier le mandat « {text} »")
def _chooses_mandate_by_keyboard(stage: Stage, who: str, text: str) -> None:
    window = _menu(stage, who)
    button = control(window.locator("#menu-me"), text)
    for _ in range(MOST_STOPS):
        window.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    window.keyboard.press("Enter")
    window.wait_for_load_state()


MOST_STOPS = 6
"""From the opened menu to any of its mandates."""


def _menu(stage: Stage, who: str) -> Window:
    window = stage.window(who)
    window.locator(".side .me").focus()
    window.keyboard.press("Enter")
    return window


@sentence("{who} ouvre sa fiche")
def _opens_own_sheet(stage: Stage, who: str) -> None:
    stage.window(who).goto(reverse("territories:own_sheet"))


@sentence("la responsable ouvre le mandat de la collègue")
def _opens_mandate(stage: Stage) -> None:
    key = stage.site.cast.mandate(ACCOUNTS["la collègue"])
    path = reverse("territories:mandate", args=[key])
    for window in list_pages(stage.window("la responsable")):
        if window.locator(f"a[href='{path}']").count():
            window.locator(f"a[href='{path}']").click()
            return
    raise AssertionError("La collègue n’est pas dans l’équipe.")


@sentence("{who} choisit « {text} »")
def _ticks(stage: Stage, who: str, text: str) -> None:
    stage.window(who).get_by_label(text, exact=True).check()


@sentence("{who} ouvre le lien reçu à « {text} »")
def _opens_mail(stage: Stage, who: str, text: str) -> None:
    window, end = stage.window(who), monotonic() + PATIENCE
    request = window.context.request
    while monotonic() < end:
        listed = request.get(reverse("kernel:sent_mails")).text()
        if text in listed:
            mails = [request.get(path).text() for path in MAILS.findall(listed)]
            window.goto(next(INVITATION.findall(mail)[0] for mail in mails if text in mail))
            return
        sleep(0.2)
    raise AssertionError("Aucun courriel n’est parti.")


@sentence("{who} se nomme et choisit son mot de passe")
def _opens_account(stage: Stage, who: str) -> None:
    window = stage.window(who)
    said = {"given_name": "Léa", "family_name": "Morin", "password": PASSWORD, "again": PASSWORD}
    for name, value in said.items():
        window.locator(f"input[name={name}]").fill(value)
    control(window, "Enregistrer le mot de passe").click()


@sentence("{who} enregistre son application")
def _enrols(stage: Stage, who: str) -> None:
    window = stage.window(who)
    window.get_by_label("Code à six chiffres").wait_for()
    secret = SECRET.findall(window.content())[0].replace(" ", "")
    code = pyotp.TOTP(secret).generate_otp(int(time.time()) // PERIOD)
    window.get_by_label("Code à six chiffres").fill(code)
    control(window, "Enregistrer l’application").click()


# Entries

RECEIVED = """
WITH told AS (
    INSERT INTO journal_event (id, recorded_at, occurred_at, kind, territory, object_kind,
        dimensions, position)
    SELECT gen_random_uuid(), now(), now(), 'people.entry_received', territory_id, 'entry', '{}',
        nextval('journal_event_position')
    FROM territories_organization WHERE id = %(door)s
), person AS (
    INSERT INTO people_person (id, recorded_at, territory_id, family_name, birth_name, given_name,
        commune, epci, language, channel, protected, hidden_address, discreet_contact, sort_key)
    SELECT %(person)s, now(), territory_id, 'Accueil', '', 'Noé', '', '', 'fra', '', false, false,
        false, 'accueil noe'
    FROM territories_organization WHERE id = %(door)s
    RETURNING id, territory_id
)
INSERT INTO people_entry (id, recorded_at, territory_id, person_id, door_id, origin, request,
    received_on, opened_on, close_motive)
SELECT %(entry)s, now(), territory_id, id, %(door)s, 'self', '', '2000-01-03', '2000-01-03', ''
FROM person
"""
CLOSED = """
WITH told AS (
    INSERT INTO journal_event (id, recorded_at, occurred_at, kind, territory, object_kind,
        dimensions, position)
    SELECT gen_random_uuid(), now(), now(), 'people.entry_closed', territory_id, 'entry', '{}',
        nextval('journal_event_position')
    FROM people_entry WHERE id = %s
)
UPDATE people_entry SET closed_on = current_date, close_motive = 'duplicate' WHERE id = %s
"""
LED = """
SELECT count(*) FROM people_followup WHERE person_id = ANY(%s::uuid[]) AND role = 'referent'
AND ends_on IS NULL
"""


@sentence("trente personnes accueillies ce matin")
def _received(stage: Stage) -> None:
    """Received so long ago that they stand first on the list, whatever the demo holds."""
    for _ in range(30):
        person, entry = str(uuid7()), str(uuid7())
        door = stage.site.cast.organization("dispatcher")
        stage.site.write(RECEIVED, {"door": door, "person": person, "entry": entry})
        stage.lines.append([person, entry])


@sentence("{who} coche les trente entrées")
def _ticks_thirty(stage: Stage, who: str) -> None:
    stage.window(who).goto(reverse("people:entries") + "?cocher=1")


@sentence("{who} répartit entre deux structures et leurs référents")
def _shares_out(stage: Stage, who: str) -> None:
    window = stage.window(who)
    for local in ("practitioner", "practitioner2"):
        window.locator(f"input[value='{stage.site.cast.organization(local)}']").check()
    window.locator("input[name=mode][value=referent]").check()
    window.get_by_label("Type d’orientation").select_option(label="Sociale")
    control(window, "Voir l’aperçu").click()


@sentence("une des entrées est close entre-temps")
def _closed_meanwhile(stage: Stage) -> None:
    entry = stage.lines[0][1]
    stage.site.write(CLOSED, [entry, entry])


@sentence("{rows} des personnes accueillies ont un référent")
def _are_led(stage: Stage, rows: str) -> None:
    people = [person for person, _ in stage.lines]
    assert stage.site.count(LED, [people]) == int(rows)


@sentence("{who} choisit un professionnel habilité d’une autre structure")
def _another_professional(stage: Stage, who: str) -> None:
    window = stage.window(who)
    address, offered = window.url, window.locator("select[name=structure] option")
    for key in offered.evaluate_all("options => options.map(option => option.value)"):
        window.goto(f"{address}?structure={key}")
        if window.locator("input[name=professional]").count():
            break
    window.locator("input[name=professional]").first.check()


# Two files alike


@sentence("deux dossiers qui se ressemblent")
def _two_files(stage: Stage) -> None:
    one, other = (stage.site.cast.take().key for _ in range(2))
    first, second = sorted((one, other))
    both = {"key": uuid7(), "first": first, "second": second, "both": [first, second]}
    stage.site.write(ALIKE, both)
    stage.lines = [[str(first), str(second)]]
    stage.name = str(stage.site.count(HISTORIES, [stage.lines[0]] * 2))


@sentence("{who} examine les dossiers à rapprocher")
def _reviews(stage: Stage, who: str) -> None:
    stage.window(who).goto(reverse("people:review"))


@sentence("les deux dossiers n’en font bientôt qu’un")
def _made_one(stage: Stage) -> None:
    end = monotonic() + PATIENCE
    while not stage.site.count(MERGED, stage.lines):
        assert monotonic() < end
        sleep(0.2)


@sentence("les deux histoires sont entières")
def _whole(stage: Stage) -> None:
    end = monotonic() + PATIENCE
    while stage.site.count(HISTORIES, [stage.lines[0]] * 2) != int(stage.name):
        assert monotonic() < end
        sleep(0.2)


# Files sent


@sentence(
    "un fichier de {rows} structures, dont {errors} avec une erreur et {warnings} avec une alerte"
)
def _structures(stage: Stage, rows: str, errors: str, warnings: str) -> None:
    stage.name = f"Relais {secrets.token_hex(3)}"
    made = [_structure(stage.name, number) for number in range(int(rows))]
    for row in made[: int(errors)]:
        row["Courriel responsable*"] = "à demander"
    for row in made[-int(warnings) :] if int(warnings) else ():
        row["Téléphones"] = "poste 12"
    stage.files["envoyé"] = csv_of(*made)


def _structure(name: str, number: int) -> dict[str, str]:
    email = f"r{number}@{name.split()[1]}.example"
    return a_structure(1, Nom=f"{name} {number}", Courriel_responsable=email)


@sentence("{who} envoie le fichier")
def _sends(stage: Stage, who: str) -> None:
    _send(stage, who, "structures.csv", stage.files["envoyé"])


@sentence("{who} envoie un classeur nommé « {text} »")
def _sends_disguised(stage: Stage, who: str, text: str) -> None:
    _send(stage, who, text, xlsx_of(["Nom"], ["A"]))


@sentence("{who} corrige le fichier téléchargé et l’envoie")
def _corrects(stage: Stage, who: str) -> None:
    words = stage.files["téléchargé"].decode("utf-8-sig")
    stage.files["corrigé"] = words.replace("à demander", "demande@relais.example").encode()
    _send(stage, who, "lignes-refusees.csv", stage.files["corrigé"])


def _send(stage: Stage, who: str, name: str, content: bytes) -> None:
    window = stage.window(who)
    window.goto(reverse("exchange:imports"))
    control(window, "Importer un fichier").click()
    window.get_by_label("Structures", exact=True).check()
    file = FilePayload(name=name, mimeType="text/csv", buffer=content)
    window.locator("input[type=file]").set_input_files(file)
    control(window, "Vérifier le fichier").click()


@sentence("{who} lit bientôt « {text} »")
def _reads_soon(stage: Stage, who: str, text: str) -> None:
    """What the worker brings, the page says by itself."""
    body = stage.window(who).locator("body")
    expect(body).to_contain_text(text, use_inner_text=True, timeout=PATIENCE * 1000)


@sentence("{who} actualise jusqu’à lire « {text} »")
def _refreshes(stage: Stage, who: str, text: str) -> None:
    window, end = stage.window(who), monotonic() + PATIENCE
    while text not in window.locator("main").inner_text().replace("\u00a0", " "):
        assert monotonic() < end, text
        control(window, "Actualiser").click()


@sentence("{who} télécharge les lignes laissées de côté")
def _downloads(stage: Stage, who: str) -> None:
    window = stage.window(who)
    with window.expect_download() as download:
        control(window, "Télécharger").click()
    stage.files["téléchargé"] = download.value.path().read_bytes()


@sentence("le fichier téléchargé contient {rows} lignes avec leur motif")
def _holds_reasons(stage: Stage, rows: str) -> None:
    table = stage.files["téléchargé"].decode("utf-8-sig").split("\r\n\r\n")[0]
    found = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert len(found) == int(rows)
    assert all("courriel" in row["Motif du refus"] for row in found)


@sentence("le territoire n’a aucune structure du fichier")
def _has_none(stage: Stage) -> None:
    assert stage.site.count(STRUCTURES, [f"{stage.name} %"]) == 0


@sentence("le territoire a {rows} structures du fichier")
def _has(stage: Stage, rows: str) -> None:
    assert stage.site.count(STRUCTURES, [f"{stage.name} %"]) == int(rows)


@sentence("{who} est prévenue de la fin de l’import")
def _is_told_of_the_end(stage: Stage, who: str) -> None:
    window, end = stage.window(who), monotonic() + PATIENCE
    open_entry(window, "Alertes")
    while not window.get_by_role("link", name="Voir l’import").count() and monotonic() < end:
        window.wait_for_timeout(200)
        window.reload()
    expect(window.locator("main")).to_contain_text("Import terminé")
