"""The tables that are filled, their columns, and the lines that wait for their COPY."""

from collections import defaultdict
from random import Random

from django.db import connections

from .days import milliseconds

NULL = "\\N"
COLUMNS = {
    "territories_territory": "id code name communes",
    "territories_organization": "id recorded_at territory_id name kind siret sensitive commune"
    " sort_key",
    "accounts_account": "id recorded_at email given_name family_name disabled_at password",
    "territories_mandate": "id recorded_at account_id territory_id organization_id role field"
    " habilitated_from data_protection_from starts_on ends_on words",
    "people_person": "id recorded_at territory_id family_name birth_name given_name birth_date"
    " commune epci language channel protected hidden_address discreet_contact frozen_at sort_key"
    " names",
    "people_identifier": "id recorded_at territory_id person_id kind source_id cipher digest",
    "people_status": "id recorded_at territory_id person_id kind label level domain starts_on"
    " ends_on source_id cipher",
    "people_entry": "id recorded_at territory_id person_id door_id origin request received_on"
    " opened_on assigned_to_id assigned_on first_interview_on closed_on close_motive",
    "people_followup": "id recorded_at territory_id person_id organization_id account_id role"
    " motive read_only starts_on ends_on end_reason",
    "people_agreement": "id recorded_at territory_id person_id domains organizations given"
    " starts_on ends_on withdrawn_on",
    "people_objection": "id recorded_at territory_id person_id domain organization_id starts_on"
    " lifted_on",
    "people_sealedreader": "id recorded_at territory_id person_id domain account_id reason",
    "journal_event": "id recorded_at position occurred_at account mandate organization person"
    " object_key territory kind object_kind dimensions digest",
    "journal_payload": "event territory body",
}
"""In the order of their foreign keys. No event has a `cause`: nothing was undone."""

FACTS = [name.removeprefix("people_") for name in COLUMNS if name.startswith("people_")]


class Rows:
    """Lines of COPY, by table, until they are sent."""

    def __init__(self, alias: str) -> None:
        self._alias = alias
        self._lines: dict[str, list[str]] = defaultdict(list)

    def add(self, table: str, *values: str) -> None:
        self._lines[table].append("\t".join(values))

    def line(self, table: str, line: str) -> None:
        """Like `add`, of values already joined."""
        self._lines[table].append(line)

    def send(self) -> None:
        for table in COLUMNS:
            if lines := self._lines.pop(table, None):
                self._copy(table, lines)

    def _copy(self, table: str, lines: list[str]) -> None:
        columns = ", ".join(COLUMNS[table].split())
        order = f"COPY {table} ({columns}) FROM STDIN"
        with connections[self._alias].cursor() as cursor, cursor.copy(order) as copy:
            for start in range(0, len(lines), 2_000):
                copy.write("\n".join(lines[start : start + 2_000]) + "\n")


def key(rng: Random, minute: int) -> str:
    """A UUIDv7 of that minute."""
    stamp, random = f"{milliseconds(minute):012x}", rng.getrandbits(62)
    high, low = 0x8000 | random >> 48, random & 0xFFFF_FFFF_FFFF
    return f"{stamp[:8]}-{stamp[8:]}-7000-{high:04x}-{low:012x}"


def fact_key(person: str, table: str, rank: int) -> str:
    """The key of a fact of a person: theirs, with the fact in the 12 bits that it leaves at zero.

    `rank` is under 8.
    """
    return f"{person[:15]}{FACTS.index(table):x}0{rank}{person[18:]}"


def flag(value: bool) -> str:
    return "t" if value else "f"


def array(words: list[str]) -> str:
    """Folded words: nothing in them needs quotes."""
    return "{" + ",".join(words) + "}"


def binary(value: bytes) -> str:
    return f"\\\\x{value.hex()}"
