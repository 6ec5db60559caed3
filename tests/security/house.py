"""The addresses of the house with somebody who is let in at each, and what each of them reads."""

import copy
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from jalons.people.identity.actions.send_link import send_link
from tests.accounts.agents import an_account, an_agent, give_password
from tests.clients import CleanClient, client_for
from tests.security.addresses import Address
from tests.security.asked import Asked, Kind
from tests.security.cast import Cast
from tests.worlds import within

FIRST = ["référente", "responsable", "coordination", "orientation", "protection des données"]
FIRST += ["pilotage", "administration"]
"""Those who are asked before the others whether an address lets them in."""
PLACEHOLDER = "zq-placeholder"
PLAUSIBLE = ("zq@jalons.example", "123456")
"""What a form may take, so that one sees what is read after that."""


@dataclass(frozen=True)
class Place:
    """One name that an address reads of a request, and who is let in there."""

    address: Address
    verb: str
    visitor: str
    kind: Kind
    name: str

    def __str__(self) -> str:
        return f"{self.verb} {self.address.name} {self.kind} {self.name}"


class House:
    """`visitors` by their relation to a cast, or by how far they are on their way in."""

    def __init__(self, cast: Cast, everybody: bool) -> None:
        """`everybody`: those of the cast are asked too when the first ones are not let in."""
        self._on_the_way = _on_their_way(cast)
        names = [*FIRST, *cast.actors] if everybody else FIRST
        inside = {name: client_for(cast.actors[name]) for name in names}
        self.visitors: dict[str, Client] = self._on_the_way | inside
        self._keys = _keys(cast)

    def places(self, chosen: Iterable[Address], asked: Asked) -> Iterator[Place]:
        """All that these addresses read, seen from who makes each read most."""
        for address in chosen:
            for verb in sorted({"GET", "POST"} & set(address.lines or {})):
                visitor, read = self._best(address, verb, asked)
                for kind, names in read.items():
                    for name in sorted(names):
                        yield Place(address, verb, visitor, kind, name)

    def send(self, place: Place, text: str) -> Any:
        """The answer to one text in one place."""
        client, data, headers = self.visitors[place.visitor], dict[str, Any](), dict[str, str]()
        if place.kind == "parameter":
            data = {place.name: text}
        elif place.kind == "file":
            data = {place.name: SimpleUploadedFile(f"{text}.csv"[-300:], text.encode())}
        elif place.kind == "header":
            headers = {place.name: _as_header(text)}
        with _unchanged(client):
            if place.kind == "cookie":
                client.cookies[place.name] = quote(text, safe="<>'()/:{}%=&!$*[]")
            path = text if place.kind == "path" else ""
            return self._ask(client, place.verb, self._url(place.address, path), data, headers)

    def _best(self, address: Address, verb: str, asked: Asked) -> tuple[str, dict[Kind, set[str]]]:
        best: tuple[str, dict[Kind, set[str]]] = ("", {})
        for name in self._candidates(address, verb):
            asked.clear()
            answer = self._tell(name, address, verb, {"zq": ""})
            read = asked.by_kind(address.texts)
            if not best[0] or (_let_in(answer) and _size(read) > _size(best[1])):
                best = (name, read)
            if _let_in(answer) and not self._is_public(address, verb):
                break
        for value in PLAUSIBLE if best[1]["parameter"] else ():
            self._tell(best[0], address, verb, dict.fromkeys(best[1]["parameter"], value))
        return best[0], asked.by_kind(address.texts, best[1])

    def _tell(self, name: str, address: Address, verb: str, data: dict[str, str]) -> Any:
        client = self.visitors[name]
        with _unchanged(client), taken_back():
            return self._ask(client, verb, self._url(address), data, {})

    def _is_public(self, address: Address, verb: str) -> bool:
        line = address.line(verb)
        return line is not None and line.audience in {"public", "link"}

    def _candidates(self, address: Address, verb: str) -> list[str]:
        if self._is_public(address, verb):
            return list(self._on_the_way)
        return [name for name in self.visitors if name not in self._on_the_way]

    def _url(self, address: Address, text: str = "") -> str:
        values = {name: self._keys.get(name, uuid4()) for name in address.converters}
        url = address.url(**values | dict.fromkeys(address.texts, PLACEHOLDER))
        return url.replace(PLACEHOLDER, quote(text or "inconnu", safe=""))

    def _ask(
        self, client: Client, verb: str, url: str, data: dict[str, Any], headers: dict[str, str]
    ) -> Any:
        return getattr(client, verb.lower())(url, data, **headers)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _unchanged(client: Client) -> Iterator[None]:
    """The client keeps its cookies, whatever it is answered."""
    kept = copy.deepcopy(client.cookies)
    try:
        yield
    finally:
        client.cookies = kept


def _let_in(answer: Any) -> bool:
    sent_away = "/connexion/?" in answer.headers.get("Location", "")
    return answer.status_code not in {401, 403, 404, 405} and not sent_away


def _size(read: dict[Kind, set[str]]) -> tuple[int, int]:
    return len(read["parameter"]), sum(map(len, read.values()))


def _as_header(text: str) -> str:
    """As a server gives one: no line break can be in it, its bytes are read as Latin-1."""
    kept = text.replace("\r", " ").replace("\n", " ").replace("\0", "")
    return kept.encode().decode("latin-1")[:8000]


def _on_their_way(cast: Cast) -> dict[str, Client]:
    """Nobody; who gave a password and no code yet; who holds a link, opened or unlocked."""
    names = ("anonyme", "sans second facteur", "avant le code", "lien ouvert", "lien déverrouillé")
    found = {name: CleanClient() for name in names}
    give_password(found["sans second facteur"], an_account())
    give_password(found["avant le code"], an_agent().account)
    referente = cast.actors["référente"]
    for name, person in (("lien ouvert", cast.followed), ("lien déverrouillé", cast.protected)):
        with within(cast.territory.pk, account=referente.account):
            sent = send_link(referente, person.pk)
        found[name].post(f"/lien/{sent.token}/")
        if name == "lien déverrouillé":
            found[name].post("/lien/", {"code": sent.code})
    return dict(found)


def _keys(cast: Cast) -> dict[str, Any]:
    """For each name that a path gives to a key, an object of this kind."""
    keys: dict[str, Any] = dict(cast.keys)
    with within(cast.territory.pk, account=cast.actors["référente"].account):
        for model in apps.get_models():
            name = str(model._meta.verbose_name).replace(" ", "_")
            if model.__module__.startswith("jalons.") and name not in keys:
                found = model._default_manager.values_list("pk", flat=True).first()
                keys |= {name: found} if found else {}
    return keys
