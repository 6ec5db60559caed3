"""After the restoration of an older backup: whoever was erased since is erased again."""

from collections.abc import Callable
from pathlib import Path

from jalons.access.whole_file import whole_file

from . import register
from .erase import erase, left


def replay(say: Callable[[str], object], path: Path | None = None) -> int:
    """Erases again, once each, the persons of the register of whom something is left.

    Returns how many there were. Raises OSError without a register.
    """
    told = {line.person: line.territory for line in register.read(path)}
    with whole_file("replay_erasures", about={"persons": str(len(told))}) as alias:
        back = {person: found for person in told if (found := left(person, alias))}
    for person in sorted(back):
        say(f"{person} : {sum(back[person].values())} lignes effacées de nouveau")
        erase(person, told[person], "replay_erasures")
    return len(back)
