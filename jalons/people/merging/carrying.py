"""How this room's own rows are made one, where moving them is not enough."""

from uuid import UUID

from django.db.models import Q

from jalons.access.levels import Level

from ..domains import VIOLENCES, domain_of, lineage_of, token, tokens
from ..models import Agreement, Contact, FollowUp, Pair, Person, SealedReader
from ..names import indexed, sort_key
from .moving import Moving, Values

REACHED = Q(ends_on=None, level=Level.IDENTITY, digest__isnull=False)
"""Contacts in use that are looked for: the kept file has each once."""
MERGED = "merged"
"""The reason of a follow-up that a merge ended or began."""
RANKS = ("referent", "co_referent", "coordinator", "intervenant")
FLAGS = ("protected", "hidden_address", "discreet_contact")
"""What holds on either side holds for the file made one."""
NAMES = ("family_name", "birth_name", "given_name")
FILLED = ("birth_name", "birth_date", "channel", "household", "children")
"""What the kept file takes from the other when it says nothing itself."""


def person(moving: Moving) -> None:
    """The fields chosen, what was not known, the flags of either; the other row points here."""
    rows = Person.objects.using(moving.alias)
    kept, absorbed = rows.get(pk=moving.kept), rows.get(pk=moving.absorbed)
    taken = set(moving.fields)
    taken |= {name for name in FILLED if getattr(kept, name) in (None, "")}
    if not kept.commune or "commune" in taken:
        taken |= {"commune", "epci"}
    taken = {name for name in taken if getattr(absorbed, name) not in (None, "")}
    values: dict[str, object] = {name: getattr(absorbed, name) for name in taken}
    values |= {name: True for name in FLAGS if getattr(absorbed, name)}
    sources = {name: absorbed.sources[name] for name in taken if name in absorbed.sources}
    values["sources"] = {
        **{name: said for name, said in kept.sources.items() if name not in taken},
        **sources,
    }
    said = {name: str(values.get(name, getattr(kept, name))) for name in NAMES}
    values["sort_key"] = sort_key(said["family_name"], said["given_name"])
    values["names"] = indexed(said["family_name"], said["birth_name"], said["given_name"])
    if kept.without_contact_on and not absorbed.without_contact_on:
        values["without_contact_on"] = None
    moving.change(kept, **values)
    moving.change(absorbed, merged_into_id=moving.kept)


def discretion(moving: Moving) -> None:
    """What either file hid is sealed in the file made one, for who reads what is hidden already.

    Once every row has moved.
    """
    kept = Person.objects.using(moving.alias).get(pk=moving.kept)
    kinds = {"phone", "email", "address"} if kept.discreet_contact else set()
    kinds |= {"address"} if kept.hidden_address else set()
    rows = Contact.objects.using(moving.alias).filter(
        person=kept, kind__in=kinds, level=Level.IDENTITY
    )
    if not kinds or not rows.exists():
        return
    readers = SealedReader.objects.using(moving.alias).filter(
        person=kept, domain__in=tokens(VIOLENCES)
    )
    accounts = dict.fromkeys(readers.order_by("pk").values_list("account", flat=True))
    referent = FollowUp.objects.using(moving.alias).filter(pk__in=[moving.referent]).first()
    if referent:
        accounts |= {referent.account_id: None}
    domain = token(VIOLENCES, moving.free)
    for account in accounts:
        moving.create(
            SealedReader(
                territory_id=kept.territory_id,
                person_id=moving.kept,
                domain=domain,
                account_id=account,
                reason="referent" if referent and account == referent.account_id else "named",
            )
        )
    for row in rows.order_by("pk"):
        moving.change(row, level=Level.SEALED.value, domain=domain)


def follow_ups(moving: Moving) -> None:
    """One référent stays; the other accompanies. Who follows both files follows once."""
    running = Q(ends_on=None) | Q(ends_on__gt=moving.day)
    theirs, ours = (moving.of(FollowUp, key) for key in (moving.absorbed, moving.kept))
    active = [*ours.filter(running).order_by("pk"), *theirs.filter(running).order_by("pk")]
    best: dict[tuple[object, object], FollowUp] = {}
    for row in active:
        who = (row.account_id, row.organization_id)
        if who not in best or _rank(row, moving) < _rank(best[who], moving):
            best[who] = row
    standing = {row.pk for row in best.values()}
    for row in active:
        if row.pk not in standing:
            _end(moving, row)
    for row in best.values():
        if row.role == "referent" and moving.referent and row.pk != moving.referent:
            _end(moving, row)
            moving.create(_accompanying(moving, row))
    moving.move(theirs, "person")


def _rank(row: FollowUp, moving: Moving) -> tuple[bool, bool, int]:
    return row.pk != moving.referent, row.read_only, RANKS.index(row.role)


def _end(moving: Moving, row: FollowUp) -> None:
    moving.change(row, ends_on=max(moving.day, row.starts_on), end_reason=MERGED)


def _accompanying(moving: Moving, row: FollowUp) -> FollowUp:
    return FollowUp(
        territory_id=row.territory_id,
        person_id=moving.kept,
        organization_id=row.organization_id,
        account_id=row.account_id,
        role="intervenant",
        motive=MERGED,
        starts_on=moving.day,
    )


def pairs(moving: Moving) -> None:
    """What was said of the absorbed file and a third one is said of the kept file."""
    kept, absorbed = moving.kept, moving.absorbed
    rows = Pair.objects.using(moving.alias)
    about = Q(person=absorbed) | Q(other=absorbed)
    for row in rows.filter(about).exclude(answer=Pair.Answer.MERGED).order_by("pk"):
        third = row.other_id if row.person_id == absorbed else row.person_id
        first, second = sorted((kept, third))
        if third == kept or rows.filter(person=first, other=second).exists():
            continue
        owner = kept if row.owner_id == absorbed else row.owner_id
        moving.change(row, person_id=first, other_id=second, owner_id=owner)


def sealed(row: object, moving: Moving) -> Values:
    """What is sealed keeps the readers it had: its domain takes a token of its own."""
    found = getattr(row, "domain", "")
    if not found or getattr(row, "level", Level.SEALED) != Level.SEALED:
        return {}
    return {"domain": token(domain_of(found), moving.lineage + lineage_of(found))}


def reader(row: SealedReader, moving: Moving) -> Values:
    """Who read as référent of the absorbed file reads on, named."""
    values = dict(sealed(row, moving))
    others = SealedReader.objects.using(moving.alias).filter(
        domain__in={row.domain, values["domain"]}, account=row.account_id, reason="named"
    )
    known = others.filter(person__in=(moving.kept, moving.absorbed)).exists()
    if row.reason == "referent" and not known:
        values["reason"] = "named"
    return values


def agreement(row: Agreement, moving: Moving) -> Values:
    """Both files' agreements narrow: each in its lineage."""
    return {"lineage": moving.lineage + row.lineage}


def entry(row: object, moving: Moving) -> Values:
    """A flow announces a person once: the kept file's entry of that flow stays the one."""
    flow = getattr(row, "flow", "")
    taken = flow and moving.of(type(row), moving.kept).filter(flow=flow).exclude(  # type: ignore[arg-type]
        pk=row.pk  # type: ignore[attr-defined]
    )
    return {"flow": ""} if taken and taken.exists() else {}


def lineages(moving: Moving) -> tuple[int, int]:
    """The last lineage that each file uses: of the kept one, of the absorbed one."""
    kept, absorbed = (_last(moving, key) for key in (moving.kept, moving.absorbed))
    return kept, absorbed


def _last(moving: Moving, key: UUID) -> int:
    given = moving.of(Agreement, key).values_list("lineage", flat=True)
    read = moving.of(SealedReader, key).values_list("domain", flat=True)
    return max([*given, *map(lineage_of, read)], default=0)
