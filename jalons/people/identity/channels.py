"""The ways by which a person may be reached without danger: what reminders ask first."""

from dataclasses import dataclass
from uuid import UUID

from jalons.kernel import clock

from ..contacts import ContactContent, read
from ..models import Contact, ContactKind, Person


@dataclass(frozen=True)
class UsableChannel:
    key: UUID
    kind: str
    content: ContactContent


def usable(person: Person, contact: Contact) -> bool:
    """Whether this contact may be used: the safe ones only, where discretion asks for it."""
    if contact.safe:
        return True
    hidden = person.hidden_address and contact.kind == ContactKind.ADDRESS
    return not (person.discreet_contact or hidden)


def usable_channels(person: Person) -> list[UsableChannel]:
    """The contacts of today that may be used, the preferred kind first.

    Row security hides sealed contacts: whoever asks does so in the context of one of their readers
    (a job, of the référent), else a discreet person has none. No text that leaves by these channels
    says why it leaves.
    """
    rows = [row for row in running(person.pk) if usable(person, row)]
    found = [UsableChannel(row.pk, row.kind, read(row)) for row in rows]
    preferred = {"sms": ContactKind.PHONE, "letter": ContactKind.ADDRESS}.get(
        person.channel, person.channel
    )
    return sorted(found, key=lambda channel: channel.kind != preferred)


def running(person: UUID) -> list[Contact]:
    """The contacts in use today that row security lets through, phones first; one query."""
    today = clock.today()
    rows = Contact.objects.filter(person=person, starts_on__lte=today).exclude(ends_on__lte=today)
    order = ContactKind.values
    return sorted(rows.order_by("starts_on", "id"), key=lambda row: order.index(row.kind))
