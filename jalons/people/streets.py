"""What two writings of one address share: keyed hashes of the words that tell where."""

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
    return _told(_split(address)[0])


def hashed(address: str) -> list[int]:
    """The keyed hashes of `words` and of the postcode, 64 bits each, in the same order."""
    return hasher()(address)


def hasher() -> Callable[[str], list[int]]:
    """`hashed` for many addresses: the key is read once, a word that comes again is remembered."""
    key = crypto.hasher(PURPOSE)

    @lru_cache(maxsize=REMEMBERED)
    def number(town: str, word: str) -> int:
        return int.from_bytes(key(f"{town} {word}")[:8], signed=True)

    def numbers(address: str) -> list[int]:
        street, town = _split(address)
        return [number(town, word) for word in _told(street)]

    return numbers


def _split(address: str) -> tuple[str, str]:
    """What comes before the postcode, and the postcode; all of it when nothing does."""
    found = _TOWN.search(address)
    if not found:
        return address, ""
    street = address[: found.start()]
    return (street if _SIGN.search(street) else address), found[1]


def _told(street: str) -> list[str]:
    said = fold(street).split()
    telling = {word for word in said if word not in _SILENT}
    ranked = sorted({_ranked(word) for word in telling or said})
    return [word for _, _, word in ranked[:MOST]]


@lru_cache(maxsize=REMEMBERED)
def _ranked(word: str) -> tuple[bool, int, str]:
    """A word by its bones, after what it is sorted by."""
    if word.isalpha():
        once = _DOUBLE.sub(r"\1", word)
        word = once[0] + once[1:].translate(_VOWELS)
    return not word[0].isdigit(), -len(word), word
