"""What two writings of one address share: keyed hashes of the words that tell where. Pure."""

import re
from collections.abc import Callable
from functools import lru_cache

from jalons.kernel import crypto
from jalons.kernel.text import fold

PURPOSE = "people.contact.address.word"
MOST = 12
"""Words of an address that are kept."""
REMEMBERED = 50_000
_TOWN = re.compile(r"\b(\d{5})\b[^\d\n]*$", re.MULTILINE)
"""A French postcode and what follows it: the commune is compared by itself, and a street is that of
its postcode."""
_SIGN, _DOUBLE = re.compile(r"\w"), re.compile(r"(.)\1+")
WAYS = """
    allee allees av avenue bd bld boulevard chemin che cite clos cour cours esplanade faubourg
    fbg hameau impasse imp lieu dit lieudit lotissement lot montee passage place pl promenade
    quai quartier residence res rond point route rte rue ruelle sentier square traverse
    venelle villa zone
"""
INSIDE = """
    app appart appartement appt apt bat batiment bis boite chez entree escalier esc etage
    lettres porte quater rez chaussee ter tour
"""
SMALL = """
    a au aux d de des du en et l la le les s st ste saint sainte sous sur
"""
_VOWELS = dict.fromkeys(map(ord, "aeiouyh"))
_SILENT = frozenset(f"{WAYS}{INSIDE}{SMALL}".split())


def words(address: str) -> list[str]:
    """« 12 bis, rue Voltaire, 95100 Argenteuil » gives ["12", "vltr"]: what tells most first.

    The number, then the words from the longest on, each once, by their first letter and their other
    consonants: most slips are of a vowel or a double letter. An address whose words are all of the
    kinds that any address has keeps them.
    """
    said = fold(_street(address)).split()
    telling = [word for word in said if word not in _SILENT]
    return sorted({_bones(word) for word in telling or said}, key=_telling)[:MOST]


def hashed(address: str) -> list[int]:
    """The keyed hashes of `words`, 64 bits each, in the same order."""
    return hasher()(address)


def hasher() -> Callable[[str], list[int]]:
    """`hashed` for many addresses: the key is read once, a word that comes again is remembered."""
    key = crypto.hasher(PURPOSE)

    @lru_cache(maxsize=REMEMBERED)
    def number(word: str) -> int:
        return int.from_bytes(key(word)[:8], signed=True)

    def numbers(address: str) -> list[int]:
        found = _TOWN.search(address)
        town = found[1] if found else ""
        return [number(f"{town} {word}") for word in words(address)]

    return numbers


def _bones(word: str) -> str:
    if not word.isalpha():
        return word
    once = _DOUBLE.sub(r"\1", word)
    return once[0] + once[1:].translate(_VOWELS)


def _telling(word: str) -> tuple[bool, int, str]:
    return not word[0].isdigit(), -len(word), word


def _street(address: str) -> str:
    kept = _TOWN.sub("", address)
    return kept if _SIGN.search(kept) else address
