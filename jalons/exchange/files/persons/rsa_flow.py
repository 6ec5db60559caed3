"""The RSA flow of the CAF and the MSA (schema vrsb0801), read as it comes: a household at a time.

Only the nodes of `PLACES` are read; the text of any other never leaves the parser. A document type
is refused before anything is read: no entity is ever declared, hence none expanded or fetched.
"""

import codecs
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from xml.parsers import expat

from ..bounds import EMPTY, Unreadable

ROOT, HEAD, HOUSEHOLD, PERSON = "Racine", "IdentificationFlux", "InfosFoyerRSA", "Personne"
PLACES = {
    "TYPEFLUX": (HEAD,),
    "DTCREAFLUX": (HEAD,),
    "DTREF": (HEAD,),
    "FONORG": (HOUSEHOLD, "IdentificationRSA", "Organisme"),
    "MATRICULE": (HOUSEHOLD, "IdentificationRSA", "Organisme"),
    "NOM": (HOUSEHOLD, PERSON, "Identification"),
    "NOMNAI": (HOUSEHOLD, PERSON, "Identification"),
    "PRENOM": (HOUSEHOLD, PERSON, "Identification"),
    "DTNAI": (HOUSEHOLD, PERSON, "Identification"),
    "NIR": (HOUSEHOLD, PERSON, "Identification"),
    "IDASSEDIC": (HOUSEHOLD, PERSON, "DossierPoleEmploi"),
    "TOPPERSDRODEVORSA": (HOUSEHOLD, PERSON, "MontantCalculDroitRSAPersonne"),
    "NUMCOM": (HOUSEHOLD, "DonneesAdministratives", "Adresse"),
    "ETATDOSRSA": (HOUSEHOLD, "PrestationRSA", "SituationDossierRSA", "EtatDossierRSA"),
    "MOTISUSVERSRSA": (HOUSEHOLD, "PrestationRSA", "SituationDossierRSA", "SuspensionVersement"),
    "MOTICLORSA": (HOUSEHOLD, "PrestationRSA", "SituationDossierRSA", "FinDroit"),
    "DTCLORSA": (HOUSEHOLD, "PrestationRSA", "SituationDossierRSA", "FinDroit"),
    "TOPSANSDOMFIXE": (HOUSEHOLD, "PrestationRSA", "DetailDroitRSA", "TroncCommunDroitRSA"),
}
"""Where each node that is read stands: what its ancestors begin with, under the root."""
KNOWN = frozenset({*PLACES, ROOT, HEAD, HOUSEHOLD, PERSON})

CHUNK = 65_536
MOST_BYTES = 3_000_000_000
MOST_DEPTH, MOST_TEXT, MOST_PERSONS = 40, 200, 100
"""Of the tree, of one node's text, of a household: beyond, nobody wrote the file in earnest."""
MOST_PENDING = 1_000_000
"""Bytes of one tag: the parser keeps it whole."""
NOT_A_FLOW = (
    "Ce fichier n’est pas un flux RSA de la CAF ou de la MSA. Envoyez le fichier XML tel que vous"
    " l’avez reçu."
)
HOSTILE = (
    "Ce fichier XML déclare un type de document ou des entités, ce qu’aucun flux RSA ne contient."
    " Il n’a pas été lu. Redemandez-le à la CAF ou à la MSA."
)
OUT_OF_BOUNDS = (
    "Ce fichier XML contient un élément trop grand pour un flux RSA. Il n’a pas été lu."
    " Redemandez-le à la CAF ou à la MSA."
)
ENCODING = (
    "L’encodage du fichier n’est pas reconnu. Envoyez le flux tel que vous l’avez reçu, en"
    " windows-1252 ou en UTF-8."
)


@dataclass
class Household:
    """What is read of a household, and of each of its persons, by node."""

    said: dict[str, str] = field(default_factory=dict)
    persons: list[dict[str, str]] = field(default_factory=list)


class RsaFlow:
    """A flow being read. `head` is known at once, `broken_at` once the households are read.

    `broken_at` is the line where the file stops being readable, 0 for a whole one: the households
    before it were given.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Raises Unreadable."""
        self.head: dict[str, str] = {}
        self.broken_at = 0
        self._chunks = _chunks(file)
        self._reading = _Reading(self.head, _encoding(file))
        file.seek(0)
        while self._reading.expects_head and self._feed():
            pass
        if self._reading.expects_head:
            raise Unreadable(NOT_A_FLOW)

    def households(self) -> Iterator[Household]:
        """Once. Raises Unreadable on what no flow holds."""
        while True:
            while self._reading.done:
                yield self._reading.done.popleft()
            if not self._feed():
                return

    def _feed(self) -> bool:
        """Whether something may follow."""
        if self.broken_at or self._reading.ended:
            return bool(self._reading.done)
        try:
            self._reading.feed(next(self._chunks, b""))
        except expat.ExpatError as error:
            self.broken_at = error.lineno
            return bool(self._reading.done)
        return True


class _Reading:
    """The parser, and where it stands."""

    def __init__(self, head: dict[str, str], encoding: str) -> None:
        self.done: deque[Household] = deque()
        self.expects_head, self.ended = True, False
        self._head, self._fed = head, 0
        self._path: list[str] = []
        self._text: list[str] = []
        self._leaf = 0
        """How deep the node being heard is; 0 for none."""
        self._household: Household | None = None
        self._parser = expat.ParserCreate(encoding)
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.EntityDeclHandler = _refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def feed(self, chunk: bytes) -> None:
        """Raises Unreadable, expat.ExpatError."""
        self._fed += len(chunk)
        self._parser.Parse(chunk, not chunk)
        self.ended = not chunk
        pending = self._fed - self._parser.CurrentByteIndex
        if pending > MOST_PENDING or len(self._path) > MOST_DEPTH:
            raise Unreadable(OUT_OF_BOUNDS)

    def _start(self, name: str, _: Any) -> None:
        self._path.append(name)
        if name in KNOWN:
            self._begin(name)
        elif len(self._path) == 1:
            raise Unreadable(NOT_A_FLOW)

    def _begin(self, name: str) -> None:
        depth = len(self._path)
        if name in PLACES:
            if not self._leaf and self._wanted(name):
                self._listen()
        elif depth == 2 and name == HOUSEHOLD:
            if self.expects_head:
                raise Unreadable(NOT_A_FLOW)
            self._household = Household()
        elif depth == 3 and name == PERSON and self._household:
            self._household.persons.append({})
            if len(self._household.persons) > MOST_PERSONS:
                raise Unreadable(OUT_OF_BOUNDS)

    def _wanted(self, name: str) -> bool:
        place = PLACES[name]
        return tuple(self._path[1 : len(place) + 1]) == place

    def _listen(self) -> None:
        self._text, self._leaf = [], len(self._path)
        self._parser.CharacterDataHandler = self._heard

    def _heard(self, text: str) -> None:
        if len(self._path) == self._leaf:
            self._text.append(text)
        if sum(map(len, self._text)) > MOST_TEXT:
            raise Unreadable(OUT_OF_BOUNDS)

    def _end(self, name: str) -> None:
        self._path.pop()
        if name in KNOWN:
            self._finish(name)

    def _finish(self, name: str) -> None:
        depth = len(self._path)
        if self._leaf:
            if depth < self._leaf:
                self._parser.CharacterDataHandler, self._leaf = None, 0
                self._keep(name, "".join(self._text).strip())
        elif depth == 1 and name == HEAD:
            self.expects_head = False
        elif depth == 1 and name == HOUSEHOLD and self._household:
            self.done.append(self._household)
            self._household = None

    def _keep(self, name: str, text: str) -> None:
        said = self._head
        if self._household:
            in_person = PERSON in PLACES[name]
            said = self._household.persons[-1] if in_person else self._household.said
        if text and name not in said:
            said[name] = text


def _refuse(*_: Any) -> None:
    raise Unreadable(HOSTILE)


def _encoding(file: BinaryIO) -> str:
    """What the text is, whatever it declares. Raises Unreadable on an empty or another file."""
    decoder, empty, western = codecs.getincrementaldecoder("utf-8")(), True, False
    for chunk in _chunks(file):
        if b"\0" in chunk:
            raise Unreadable(ENCODING)
        empty = empty and not chunk.strip()
        if not western and (decoder.getstate()[0] or not chunk.isascii()):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                western = True
    if empty:
        raise Unreadable(EMPTY)
    return "windows-1252" if western else "utf-8"


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    read = 0
    while chunk := file.read(CHUNK):
        read += len(chunk)
        if read > MOST_BYTES:
            raise Unreadable(OUT_OF_BOUNDS)
        yield chunk
