"""docs/nomenclature.md, made from the files: which lists, how many entries, how confidential."""

from collections import Counter, defaultdict

from jalons.access.levels import Level

from . import files

HEADER = """# Reference lists

Made from `jalons/nomenclature/data/` by `python3 dev.py manage write_docs`; the tests
check that it is current. Sources and licences: `jalons/nomenclature/data/README.md`.

| List | French label | Entries | Restricted | Sealed | A territory may add | Source |
|---|---|---:|---:|---:|---|---|
"""


def page() -> str:
    entries: dict[str, dict[str, Level]] = defaultdict(dict)
    for row in files.terms():
        entries[row["list"]][row["code"]] = row["level"]
    lines = [_line(listed, entries[name]) for name, listed in files.catalogue().items()]
    return HEADER + "".join(lines) + _sizes()


def _line(listed: files.Catalogued, levels: dict[str, Level]) -> str:
    counts = Counter(levels.values())
    cells = (
        f"`{listed.name}`",
        listed.label,
        len(levels),
        counts[Level.RESTRICTED] or "",
        counts[Level.SEALED] or "",
        "yes" if listed.extensible else "",
        listed.source,
    )
    return f"| {' | '.join(map(str, cells))} |\n"


def _sizes() -> str:
    communes, occupations = sum(1 for _ in files.communes()), sum(1 for _ in files.occupations())
    return (
        f"\nBeside them: {communes:,} communes and municipal arrondissements"
        f" (edition of {files.version('communes')}), {occupations:,} occupations of the ROME"
        f" (edition of {files.version('rome')}).\n"
    )
