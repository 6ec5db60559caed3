"""Files of beneficiaries: whom they create, what they change, and what replaying them does not."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db.models import Q

from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.journal import events
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people import contacts
from jalons.people.identity.proposals import read
from jalons.people.models import (
    Contact,
    Entry,
    FollowUp,
    Identifier,
    Pair,
    Person,
    ProposedChange,
    Status,
)
from tests.databases import ROOT
from tests.exchange.imports import Consortium, counted, kinds
from tests.exchange.persons import a_person_row, persons
from tests.exchange.tables import csv_of, xlsx_of
from tests.worlds import a_follow_up, an_actor, an_organization, within

pytestmark = pytest.mark.django_db

SHARED = ROOT.parent / "shared" / "data" / "imports"


@pytest.fixture
def here(tmp_path: Path) -> Consortium:
    return Consortium.made(tmp_path)


def test_a_row_makes_a_person_with_all_that_it_says(here: Consortium) -> None:
    answer = persons(here, a_person_row())
    assert counted(answer) == {"rows": 1, "created": 1}
    assert kinds(answer["warnings"]) == [(1, "Téléphone", "bad_format")]
    with within(here.territory.pk):
        made = Person.objects.get(family_name="Trabucq")
        assert (made.given_name, str(made.birth_date), made.commune) == (
            "Elwina",
            "1997-04-22",
            "90010",
        )
        assert set(made.sources) == {"family_name", "given_name", "birth_date", "commune"}
        assert Contact.objects.filter(person=made, source=here.home).count() == 3
        found = Identifier.objects.filter(person=made).values_list("kind", flat=True)
        assert set(found) == {"si", "caf", "ft"}
        entry = Entry.objects.get(person=made)
        assert (entry.door, entry.origin) == (here.home, "partner")
        said = set(Status.objects.filter(person=made).values_list("kind", flat=True))
        assert said == {
            "rsa.rsa_droit_ouvert_versable",
            "brsa",
            "ass",
            "situation.recherche_emploi",
            "study.nv4",
            "rome.N1104",
            "mobility.30",
        }


def test_the_same_file_again_changes_nothing(here: Consortium) -> None:
    rows = [a_person_row(), *(a_person_row(number) for number in range(1, 8))]
    assert persons(here, *rows)["created"] == 8
    for again in (rows, rows[::-1], rows[:3]):
        assert set(counted(persons(here, *again))) == {"rows", "unchanged"}


@pytest.mark.skipif(not SHARED.exists(), reason="the files of institutions are not here")
def test_the_file_of_an_institution(here: Consortium) -> None:
    content = (SHARED / "beneficiaires.csv").read_bytes()
    first = here.load(content, "beneficiaires")
    assert first["created"] >= 2
    again = counted(here.load(content, "beneficiaires"))
    assert again["unchanged"] == first["created"]
    assert not {"created", "updated"} & set(again)


def test_a_dry_run_says_the_same(here: Consortium) -> None:
    rows = csv_of(a_person_row(), a_person_row(1, Nom=""))
    said = here.run(rows, "beneficiaires")
    with within(here.territory.pk):
        assert not Person.objects.exists()
    assert here.load(rows, "beneficiaires") == said


CAMILLE = {"Prénom*": "elwina", "Nom*": "TRABUCQ", "Date de naissance*": "22/04/1997"}
COLUMNS = ("Accompagnateurs à ajouter", "Accompagnateurs à supprimer", "Structures à rattacher")


def moved(*columns: str) -> dict[str, str]:
    return CAMILLE | dict(zip(COLUMNS, columns, strict=True))


def followers(here: Consortium) -> set[str]:
    with within(here.territory.pk):
        rows = FollowUp.objects.filter(ends_on=None)
        return set(rows.values_list("account__email", flat=True))


def test_reorientations_end_where_the_last_row_says(here: Consortium) -> None:
    persons(here, a_person_row())
    other = an_organization(here.territory, "CD du Fil")
    sofia, salome = (here.email(Role.PRACTITIONER, each) for each in (here.home, other))
    rows = [
        moved("", "", "CD du Fil"),
        moved(sofia, "", ""),
        moved("", sofia, ""),
        moved(salome, "", ""),
        moved(salome, sofia, ""),
        moved(sofia, salome, ""),
    ]
    answer = counted(here.load(csv_of(*rows), "reorientations"))
    assert answer == {"rows": 6, "updated": 2, "unchanged": 4}
    assert followers(here) == {sofia}
    with within(here.territory.pk):
        assert Entry.objects.get().assigned_to == other
    assert counted(here.load(csv_of(*rows), "reorientations")) == {"rows": 6, "unchanged": 6}
    answer = here.load(csv_of(moved(salome, sofia, "")), "reorientations")
    assert (answer["updated"], followers(here)) == (1, {salome})
    unknown = dict(moved(sofia, "", ""), **{"Nom*": "Inconnue"})
    assert counted(here.load(csv_of(unknown), "reorientations")) == {"rows": 1, "rejected": 1}


def test_whoever_replaces_the_referent_becomes_so(here: Consortium) -> None:
    persons(here, a_person_row())
    sofia = an_actor(here.home)
    with within(here.territory.pk):
        person = Person.objects.get()
    a_follow_up(person, sofia, "referent")
    salome = here.email(Role.PRACTITIONER)
    removed = Account.objects.get(pk__in=[sofia.account]).email
    here.load(csv_of(moved(salome, removed, "")), "reorientations")
    with within(here.territory.pk):
        running = FollowUp.objects.filter(ends_on=None).values_list("account__email", "role")
        assert list(running) == [(salome, "referent")]


def test_rattachements_name_our_own_identifier(here: Consortium) -> None:
    persons(here, a_person_row())
    sofia = here.email(Role.PRACTITIONER)
    with within(here.territory.pk):
        key = str(Person.objects.get().pk)
    row = {"Identifiant Carnet de bord*": key, "Prénom": "", "Nom": "", "Date de naissance": ""}
    good = row | {"Accompagnateurs*": sofia}
    rows = [
        good,
        good | {"Nom": "Autrement"},
        good | {"Identifiant Carnet de bord*": str(uuid4())},
        good | {"Identifiant Carnet de bord*": "12"},
        good | {"Accompagnateurs*": ""},
    ]
    answer = here.load(csv_of(*rows), "rattachements")
    assert counted(answer) == {"rows": 5, "updated": 1, "rejected": 4}
    assert followers(here) == {sofia}
    assert counted(here.load(csv_of(good), "rattachements")) == {"rows": 1, "unchanged": 1}
    with within(here.territory.pk):
        events.append("people.protection_changed", territory=here.territory.pk)
        Person.objects.update(protected=True)
    assert counted(here.load(csv_of(good), "rattachements")) == {"rows": 1, "rejected": 1}


def test_what_another_institution_says_waits_for_the_referent(here: Consortium) -> None:
    persons(here, a_person_row())
    with within(here.territory.pk):
        person = Person.objects.get()
    a_follow_up(person, an_actor(here.home), "referent")
    other = an_organization(here.territory, "Caisse du Fil")
    email = here.email(Role.DISPATCHER, other)
    said = a_person_row(Identifiant_dans_le_SI="", Prénom="Elvina", Téléphone="0639980044")
    said |= {"Identifiant dans le SI*": "AUTRE9", "Identifiant Pôle emploi": "300000L"}
    answer = persons(here, said, email=email)
    assert counted(answer)["updated"] == 1, answer
    with within(here.territory.pk):
        kept = Person.objects.get()
        assert kept.given_name == "Elwina"
        proposed = ProposedChange.objects.get()
        assert read(proposed).fields == {"given_name": ["Elwina", "Elvina"]}
        phones = Contact.objects.filter(kind="phone", ends_on=None)
        assert {row.source_id for row in phones} == {here.home.pk, other.pk}
    assert counted(persons(here, said, email=email)) == {"rows": 1, "unchanged": 1}


def test_the_same_institution_updates_what_it_gave(here: Consortium) -> None:
    persons(here, a_person_row())
    again = a_person_row(Téléphone="0639980044", Droits_RSA="rsa_droit_clos", Situation="iae")
    answer = persons(here, again)
    assert counted(answer) == {"rows": 1, "updated": 1}
    with within(here.territory.pk):
        phones = Contact.objects.filter(kind="phone", ends_on=None)
        assert [contacts.read(one).value for one in phones] == ["+33639980044"]
        today = clock.today() + timedelta(days=1)
        running = Status.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today))
        kept = set(running.values_list("kind", flat=True))
        assert "rsa.rsa_droit_clos" in kept
        assert not kept & {"brsa", "rsa.rsa_droit_ouvert_versable", "situation.recherche_emploi"}


def test_what_an_agent_corrected_is_not_taken_back_by_the_same_file(here: Consortium) -> None:
    persons(here, a_person_row())
    with within(here.territory.pk):
        events.append("people.person_changed", territory=here.territory.pk)
        Person.objects.update(given_name="Elvina", commune="90033")
    answer = persons(here, a_person_row())
    assert counted(answer) == {"rows": 1, "unchanged": 1}


def test_what_a_file_says_again_is_confirmed_by_one_event(here: Consortium) -> None:
    rows = [a_person_row(), a_person_row(1, RQTH="Oui")]
    persons(here, *rows)
    shared = Status.objects.filter(level="shared", source=here.home.pk)
    with within(here.territory.pk):
        shared.filter(kind="brsa").update(source=None)
        events.append("people.status_corrected", territory=here.territory.pk)
    with clock.travel(clock.now() + timedelta(days=31)):
        answer = persons(here, *rows, a_person_row(2))
        assert counted(answer) == {"rows": 3, "created": 1, "unchanged": 2}
        persons(here, *rows)
        today = clock.today()
        with within(here.territory.pk):
            said = dict(Status.objects.values_list("kind", "confirmed_on"))
            told = Event.objects.filter(kind="people.statuses_confirmed").count()
    assert told == 1
    assert said.pop("brsa") == said.pop("") == today - timedelta(days=31)
    assert set(said.values()) == {today}


def test_the_address_of_a_file_counts(here: Consortium) -> None:
    persons(here, a_person_row())
    email = here.email(Role.DISPATCHER, an_organization(here.territory))
    nothing = dict.fromkeys(("Téléphone", "Email", "NIR", "Numéro_allocataire_CAF/MSA"), "")
    said = a_person_row(Nom="Ozanne", Identifiant_Pôle_emploi="", **nothing)
    moved = {**said, "Adresse": "4 rue des Ormes", "Adresse (complément)": ""}
    assert counted(persons(here, moved, email=email)) == {"rows": 1, "ambiguous": 1}
    assert counted(persons(here, said, email=email)) == {"rows": 1, "updated": 1}


def test_a_protected_person_answers_as_if_nobody_existed(here: Consortium) -> None:
    persons(here, a_person_row())
    with within(here.territory.pk):
        events.append("people.protection_changed", territory=here.territory.pk)
        Person.objects.update(protected=True)
    email = here.email(Role.DISPATCHER, an_organization(here.territory))
    assert counted(persons(here, a_person_row(), email=email)) == {"rows": 1, "created": 1}
    with within(here.territory.pk):
        assert Pair.objects.count() == 1


def test_a_manager_announces_whom_others_follow_and_learns_nothing(here: Consortium) -> None:
    persons(here, a_person_row())
    with within(here.territory.pk):
        person = Person.objects.get()
    a_follow_up(person, an_actor(here.home), "referent")
    other = an_organization(here.territory, "Caisse du Fil")
    manager = here.email(Role.MANAGER, other)
    answer = persons(here, a_person_row(Nom="Trabucq", Téléphone="0639980044"), email=manager)
    assert counted(answer) == {"rows": 1, "updated": 1}
    with within(here.territory.pk):
        announced = Entry.objects.get(door=other)
        assert announced.opened_on is None
        assert Contact.objects.filter(source=other).count() == 0
    new = persons(here, a_person_row(3), email=manager)
    assert counted(new) == {"rows": 1, "created": 1}
    with within(here.territory.pk):
        assert Entry.objects.get(person__given_name="Anaëlle").assigned_to == other


@pytest.mark.parametrize(
    ("header", "value", "kind"),
    [
        ("Identifiant dans le SI", "", "empty"),
        ("Nom", " ", "empty"),
        ("Prénom", "Elwina et Paul", "bad_format"),
        ("Date de naissance", "31/02/1997", "bad_date"),
        ("Date de naissance", "22/04/97", "bad_date"),
        ("Date de naissance", "22/04/2097", "bad_date"),
        ("NIR", "197042A04567", "bad_format"),
        ("NIR", "297042A00412399", "bad_checksum"),
    ],
)
def test_what_rejects_a_person(here: Consortium, header: str, value: str, kind: str) -> None:
    row = a_person_row(**{header: value})
    answer = here.run(csv_of(a_person_row(1), row), "beneficiaires")
    assert counted(answer) == {"rows": 2, "created": 1, "rejected": 1}
    column = header if header in row else f"{header}*"
    assert kinds(answer["errors"]) == [(2, column, kind)]
    assert not value.strip() or value not in str(answer)


def test_what_only_warns_of_a_person(here: Consortium) -> None:
    row = a_person_row(
        1,
        Téléphone="0692 00 00 01; 12",
        Email="pas une adresse",
        Code_postal="75011",
        Ville="Paris",
        Situation="vacances",
        Droits_RSA="zut",
        Droits_ARE="peut-être",
        RQTH="?",
        Zone_de_mobilité="loin",
        Niveau_de_formation="BTS",
        Structure="Personne",
        Accompagnateurs="nul@part.example, faux",
    )
    row |= {"Numéro allocataire CAF/MSA": "zz", "Emploi recherché (code ROME)": "Roi (Z9999)"}
    answer = here.run(csv_of(row), "beneficiaires")
    assert counted(answer) == {"rows": 1, "created": 1}
    found = {(column, kind) for _, column, kind in kinds(answer["warnings"])}
    assert found == {
        ("Téléphone", "bad_format"),
        ("Email", "bad_format"),
        ("Code postal", "out_of_territory"),
        ("Situation", "unknown_code"),
        ("Droits RSA", "unknown_code"),
        ("Droits ARE", "unknown_code"),
        ("Zone de mobilité", "unknown_code"),
        ("Niveau de formation", "unknown_code"),
        ("Structure", "unknown_reference"),
        ("Accompagnateurs", "unknown_reference"),
        ("Accompagnateurs", "bad_format"),
        ("Numéro allocataire CAF/MSA", "bad_format"),
        ("Emploi recherché (code ROME)", "unknown_code"),
    }


def test_every_wrapping_of_a_file_is_read(here: Consortium) -> None:
    rows = [
        a_person_row(1, Date_de_naissance="22.04.1997"),
        a_person_row(2, Date_de_naissance="22-04-1997", NIR="2970 4 2A 004 123"),
        a_person_row(3, Date_de_naissance="1997/04/22", Téléphone="+262 692 00 00 01"),
    ]
    text = csv_of(*rows).decode()
    lines = text.splitlines()
    reordered = "\n".join(";".join([*line.split(";")[::-1], "inconnu"]) for line in lines)
    for content in (
        b"\xef\xbb\xbf" + text.encode(),
        text.encode("cp1252"),
        text.replace(";", "\t").encode(),
        ("sep=;\n" + reordered).encode(),
        ("\n;;\n" + text + "\n").encode(),
    ):
        assert counted(here.run(content, "beneficiaires")) == {"rows": 3, "created": 3}
    book = xlsx_of(list(rows[0]), *(list(row.values()) for row in rows))
    assert here.run(book, "beneficiaires", name="liste.xlsx")["created"] == 3
    assert "guillemet" in here.refusal(text.encode() + b'"ouvert;', "beneficiaires")
    assert "Il manque" in here.refusal(b"Nom;Ville\na;b", "beneficiaires")


def test_a_number_that_two_names_bear_is_not_used(here: Consortium) -> None:
    rows = [a_person_row(1, NIR="1970490012345"), a_person_row(2, NIR="1970490012345")]
    answer = here.load(csv_of(*rows), "beneficiaires")
    assert counted(answer) == {"rows": 2, "created": 2}
    assert kinds(answer["warnings"]) == [(1, "NIR", "conflict"), (2, "NIR", "conflict")]
    with within(here.territory.pk):
        assert not Identifier.objects.filter(kind="nir").exists()


def test_two_rows_about_one_person_agree_or_not(here: Consortium) -> None:
    rows = [
        a_person_row(1, Téléphone="0639980044"),
        a_person_row(1, Email="a@b.example"),
        a_person_row(1, Téléphone="0639980045"),
    ]
    expected = {"rows": 3, "created": 1, "unchanged": 1, "rejected": 1}
    assert counted(persons(here, *rows)) == expected
    with within(here.territory.pk):
        assert Contact.objects.count() == 2
    for again in (rows, rows[::-1]):
        assert counted(persons(here, *again)) == {"rows": 3, "unchanged": 2, "rejected": 1}


def test_who_may_import_persons(here: Consortium) -> None:
    content = csv_of(a_person_row())
    for role in set(Role) - {Role.COORDINATOR, Role.DISPATCHER, Role.MANAGER}:
        if role not in {Role.OBSERVER, Role.PLATFORM_ADMIN}:
            assert here.refusal(content, "beneficiaires", email=here.email(role))


def test_another_number_is_in_doubt_or_an_error(here: Consortium) -> None:
    persons(here, a_person_row(NIR="1970490012345"))
    other = a_person_row(Identifiant_dans_le_SI="999", NIR="")
    wrong = a_person_row(NIR="1970490012346")
    answer = here.load(csv_of(other), "beneficiaires")
    assert counted(answer) == {"rows": 1, "ambiguous": 1}
    assert kinds(answer["errors"]) == [(1, "Identifiant dans le SI*", "conflict")]
    answer = here.load(csv_of(wrong), "beneficiaires")
    assert counted(answer) == {"rows": 1, "rejected": 1}
    assert kinds(answer["errors"]) == [(1, "NIR", "conflict")]


def test_a_row_gives_its_person_to_whom_it_names(here: Consortium) -> None:
    place = an_organization(here.territory, "Ateliers du Fil")
    sofia = here.email(Role.PRACTITIONER, place)
    persons(here, a_person_row(1, Structure="ateliers du fil", Accompagnateurs=sofia))
    persons(here, a_person_row(2, Structure="Ateliers du Fil"))
    assert followers(here) == {sofia}
    with within(here.territory.pk):
        assert set(Entry.objects.values_list("assigned_to", flat=True)) == {place.pk}
