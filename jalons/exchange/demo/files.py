"""What is kept, asked and answered about some of the demo's persons, in every state."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache, partial
from itertools import zip_longest
from random import Random
from typing import Any
from uuid import UUID

from jalons.kernel import clock, crypto, pdf
from jalons.kernel.ids import uuid7
from jalons.people.documents.contents import closed_title, digest_of, purpose
from jalons.people.documents.neutral.bounds import Neutral
from jalons.people.documents.neutral.door import neutralise
from jalons.people.front_door.typed import REQUEST, Typed, enclose
from jalons.people.models import (
    Agreement,
    Document,
    DocumentContent,
    Entry,
    FollowRequest,
    FollowUp,
    Person,
    Reorientation,
)
from jalons.rights.models import RightsRequest
from jalons.rights.own_data import answer_purpose
from jalons.rights.requests.rules import due_day
from jalons.territories.models import Mandate, Territory

from .book import Book, actor
from .staff import Staff

DOCUMENTS = (
    ("identity_document", "identity", "Carte d’identité"),
    ("proof", "identity", "Justificatif de domicile"),
    ("resume", "shared", "CV à jour"),
    ("rights_notice", "shared", "Notification de droits"),
    ("letter", "shared", "Courrier de l’organisme de formation"),
    ("other", "restricted", "Avis du médecin du travail"),
)
DOCUMENTED = 9
"""One person followed in so many has a document; one in three of those has two."""
ASKED = (
    ("", "Elle vient chaque semaine à notre atelier emploi.", ""),
    ("accepted", "Je le reçois pour son permis de conduire.", "D’accord, voyons-nous à trois."),
    ("refused", "Il cherche un logement près de chez nous.", "Le logement est trouvé depuis."),
    ("withdrawn", "Elle nous a demandé une place en crèche.", ""),
)
MOVES = (
    ("", "blocked", "Rien n’avance depuis le printemps : un autre regard l’aiderait."),
    ("accepted", "person_choice", "La personne demande un conseiller plus proche de chez elle."),
    ("refused", "no_room", "Nos places sont prises jusqu’à l’été."),
    ("withdrawn", "better_place", "Un suivi social semblait plus juste."),
)
RIGHTS = (
    ("access", "letter", 12, ""),
    ("objection", "phone", 45, ""),
    ("access", "email", 60, "granted"),
    ("rectification", "in_person", 90, "partly"),
    ("erasure", "letter", 130, "refused"),
)
"""Kind, channel, days since it was received, outcome."""
ANSWERS = {
    "granted": "La copie du dossier a été remise en main propre.",
    "partly": "L’adresse est corrigée ; la date vient de la CAF, à qui il faut s’adresser.",
    "refused": "L’accompagnement est en cours : le dossier sera effacé à son terme.",
}


@cache
def _paper() -> Neutral:
    """A page as the house draws one, then rebuilt as every document is."""
    about = [["Objet", "Document inventé pour la démonstration"]]
    table = {"title": "Document", "territory": "Démonstration", "about": about}
    columns = [{"label": "Contenu", "number": False, "narrow": False}]
    rows = [["Aucune donnée réelle ne figure ici."]]
    return neutralise(pdf.render("kernel/table.typ", {**table, "columns": columns, "rows": rows}))


def _with(act: Callable[..., None], said: tuple[Any, ...], by: FollowUp) -> None:
    act(by, *said)


class Files:
    """Of one territory; `follow_ups` are those that somebody invented, `agreements` too.

    Nothing is asked about those whom the first practitioner alone leads: visitors act on them.
    """

    def __init__(self, territory: Territory, staff: Staff, book: Book) -> None:
        self._territory, self._staff, self._book = territory, staff, book
        self._random = Random(f"files {territory.code}")  # noqa: S311
        self._today = clock.today()
        self._documents: list[Document] = []
        self._contents: list[DocumentContent] = []
        self._followed: dict[UUID, set[UUID]] = defaultdict(set)
        self._first = staff.by_local("practitioner").account_id

    def invent(self, follow_ups: list[FollowUp], agreements: list[Agreement]) -> None:
        """Called once the persons are written."""
        for each in follow_ups:
            self._followed[each.person_id].add(each.account_id)
        led = [each for each in follow_ups if each.role == "referent" and each.ends_on is None]
        open_to_all = [each for each in led if not self._hidden(each.person)]
        for rank, follow_up in enumerate(open_to_all[::DOCUMENTED]):
            for more in range(2 if rank % 3 == 0 else 1):
                self._document(follow_up, *DOCUMENTS[(rank + more) % len(DOCUMENTS)])
        self._papers(agreements, {each.person_id: each for each in open_to_all})
        Document.objects.bulk_create(self._documents)
        DocumentContent.objects.bulk_create(self._contents)
        Agreement.objects.bulk_update(
            [each for each in agreements if each.document_id], ["document"]
        )
        others = [each for each in open_to_all if each.account_id != self._first]
        for follow_up, tell in zip(others, self._asked(), strict=False):
            tell(follow_up)

    def _asked(self) -> Iterator[Callable[[FollowUp], None]]:
        """What is asked about one person each, by turns so that a small demo has some of all."""
        acts: tuple[Callable[..., None], ...] = (self._request, self._move, self._right)
        for turn in zip_longest(ASKED, MOVES, RIGHTS):
            for act, said in zip(acts, turn, strict=True):
                if said:
                    yield partial(_with, act, said)

    def _hidden(self, person: Person) -> bool:
        return person.protected or person.hidden_address or person.discreet_contact

    def _document(self, by: FollowUp, kind: str, level: str, title: str) -> Document:
        paper, key = _paper(), uuid7()
        day = self._day(by.starts_on)
        document = Document(
            id=key,
            territory=self._territory,
            person=by.person,
            kind=kind,
            level=level,
            title=closed_title(key, title),
            account=by.account,
            organization=by.organization,
            added_on=day,
            digest=digest_of(paper.content),
            size=len(paper.content),
            media_type=paper.media_type,
            pages=paper.pages,
        )
        cipher = crypto.encrypt(paper.content, purpose(key, "content"))
        self._documents.append(document)
        self._contents.append(
            DocumentContent(territory=self._territory, document=document, cipher=cipher)
        )
        hidden = level == "restricted"
        told = {} if hidden else {"object_kind": "document", "object_key": key}
        self._note("people.document_added", by.person, day, by.account_id, **told)
        return document

    def _papers(self, agreements: list[Agreement], led: dict[Any, FollowUp]) -> None:
        """One agreement on paper in three keeps its paper."""
        on_paper = [each for each in agreements if each.given == "on_paper"]
        for agreement in on_paper[::3]:
            if by := led.get(agreement.person_id):
                agreement.document = self._document(by, "agreement", "shared", "Accord signé")

    def _request(self, by: FollowUp, answer: str, reason: str, words: str) -> None:
        """Asked by a colleague of another structure, then answered by the référent."""
        asker = self._asker(by)
        assert asker.organization
        asked = self._today - timedelta(days=6)
        answered = asked + timedelta(days=2) if answer else None
        accepted = answered if answer == "accepted" else None
        entry = Entry.objects.create(
            territory=self._territory,
            person=by.person,
            door=asker.organization,
            origin="partner",
            received_on=asked,
            opened_on=accepted,
            assigned_on=accepted,
            assigned_to=asker.organization if accepted else None,
            first_interview_on=accepted,
            closed_on=answered if answered and not accepted else None,
            close_motive="request_closed" if answered and not accepted else "",
        )
        key = uuid7()
        person = by.person
        typed = Typed(person.family_name, person.given_name, person.birth_date)
        FollowRequest.objects.create(
            id=key,
            territory=self._territory,
            person=person,
            entry=entry,
            account=asker.account,
            organization=asker.organization,
            role=asker.role,
            reason=reason,
            typed=enclose(typed, key, REQUEST),
            answer=answer,
            answered_on=answered,
            answered_by=self._answering(answer, asker, by),
            words=words,
        )
        kind = {"object_kind": "follow_request", "object_key": key}
        self._note("people.follow_requested", person, asked, asker.account_id, **kind)
        if answered:
            who = asker.account_id if answer == "withdrawn" else by.account_id
            self._note(f"people.follow_request_{answer}", person, answered, who, **kind)
        if accepted:
            self._join(by, asker, accepted)

    def _answering(self, answer: str, asker: Mandate, by: FollowUp) -> Any:
        if not answer:
            return None
        return asker.account if answer == "withdrawn" else by.account

    def _join(self, by: FollowUp, asker: Mandate, day: date) -> None:
        assert asker.organization
        row = FollowUp.objects.create(
            territory=self._territory,
            person=by.person,
            organization=asker.organization,
            account=asker.account,
            role="intervenant",
            motive="request_accepted",
            starts_on=day,
        )
        kind = {"object_kind": "follow_up", "object_key": row.pk}
        self._note("people.follow_up_started", by.person, day, asker.account_id, **kind)

    def _move(self, by: FollowUp, state: str, motive: str, words: str) -> None:
        asked = self._today - timedelta(days=9)
        decided = asked + timedelta(days=4) if state in {"accepted", "refused"} else None
        accepted = state == "accepted"
        row = Reorientation.objects.create(
            territory=self._territory,
            person=by.person,
            organization=by.organization,
            account=by.account,
            motive=motive,
            words=words,
            asked_on=asked,
            decided_on=decided,
            outcome=state if decided else "",
            answer="Le suivi actuel reste le plus juste." if state == "refused" else "",
            decided_type="pro" if accepted else "",
            decided_organization=by.organization if accepted else None,
            withdrawn_on=asked + timedelta(days=3) if state == "withdrawn" else None,
        )
        kind = {"object_kind": "reorientation", "object_key": row.pk}
        self._note("people.reorientation_asked", by.person, asked, by.account_id, **kind)
        if state:
            day = decided or asked + timedelta(days=3)
            self._note(f"people.reorientation_{state}", by.person, day, None, **kind)

    def _right(self, by: FollowUp, kind: str, channel: str, days: int, outcome: str) -> None:
        received, key = self._today - timedelta(days=days), uuid7()
        answered = received + timedelta(days=18) if outcome else None
        officer = self._staff.coordinator
        words = ANSWERS.get(outcome, "").encode()
        RightsRequest.objects.create(
            id=key,
            territory=self._territory,
            person=by.person,
            kind=kind,
            channel=channel,
            received_on=received,
            due_on=due_day(received),
            recorded_by=by.account,
            answered_on=answered,
            answered_by=officer.account if outcome else None,
            outcome=outcome,
            answer=crypto.encrypt(words, answer_purpose(key)) if outcome else None,
        )
        told = {"object_kind": "rights_request", "object_key": key}
        self._note("rights.request_recorded", by.person, received, by.account_id, **told)
        if answered:
            self._note("rights.request_answered", by.person, answered, officer.account_id, **told)

    def _asker(self, by: FollowUp) -> Mandate:
        agents = (*self._staff.referents, *self._staff.helpers)
        elsewhere = [one for one in agents if one.organization_id != by.organization_id]
        known = self._followed[by.person_id]
        other = [one for one in elsewhere if one.account_id not in known]
        return self._random.choice(other)

    def _day(self, since: date) -> date:
        return since + timedelta(days=self._random.randint(0, (self._today - since).days))

    def _note(self, kind: str, person: Person, day: date, account: Any, **values: Any) -> None:
        held = next((one for one in self._staff.mandates if one.account_id == account), None)
        held = held or next((m for m in self._staff.referents if m.account_id == account), None)
        who: dict[str, Any] = {}
        if held and held.organization_id:
            who = actor(held.account_id, held.pk, held.organization_id)
        self._book.note(kind, day, person=person.pk, **values, **who)
