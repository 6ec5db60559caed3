"""Documents written from the code: policy, transitions, rooms, and those that rooms register.

`write_docs` writes them, `write_docs --check` fails when one is not what the code says.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from jalons.kernel import dependencies

from .levels import Level
from .objects import ACTS, KINDS
from .policy import READ, Row
from .roles import Role
from .routes import Line, lines_of
from .table import policy
from .transitions import WORKFLOWS, Workflow

NOTICE = "<!-- Written by `python3 dev.py manage write_docs`: change the code, not this page. -->\n"
ROOMS = Path(settings.BASE_DIR) / "jalons"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def policy_page() -> str:
    """Who may do what, on what, at which level, and by which address."""
    return "\n".join(
        [
            "# Policy\n",
            NOTICE,
            f"Levels, from the most to the least widely read: {_all_levels()}.\n",
            "## Reading\n",
            table(["Object", "Relation", "Roles", "Levels"], _reading()),
            "## Acting\n",
            table(["Act", "Object", "Relation", "Roles", "Level"], _acting()),
            "## Relations\n",
            table(["Relation", "Object", "You see this because…"], _relations()),
            "## Limits\n",
            "A limit withholds what a row would give.\n",
            table(["Limit", "Levels", "Relations", "What is said"], _limits()),
            "## Addresses\n",
            table(["Address", "Name", "Verb", "Line"], _addresses()),
        ]
    )


def _all_levels() -> str:
    return ", ".join(f"`{level}`" for level in Level)


def _reading() -> Iterator[list[str]]:
    for row in policy.rows:
        if row.act == READ:
            yield [f"`{row.kind}`", f"`{row.relation}`", _roles(row.roles), _levels(row)]


def _acting() -> Iterator[list[str]]:
    for row in policy.rows:
        if row.act != READ:
            label = f"`{row.act}` {ACTS[row.act].label}"
            roles = _roles(row.roles)
            yield [label, f"`{row.kind}`", f"`{row.relation}`", roles, _levels(row) or "–"]


def _relations() -> Iterator[list[str]]:
    for relation in sorted(policy.relations.values(), key=lambda each: (each.kind, each.name)):
        yield [f"`{relation.name}`", f"`{relation.kind}`", relation.label]


def _limits() -> Iterator[list[str]]:
    for limit in policy.limits:
        levels = ", ".join(f"`{level}`" for level in Level if level in limit.levels) or "all"
        relations = ", ".join(f"`{name}`" for name in sorted(limit.relations)) or "all"
        yield [f"`{limit.name}`", levels, relations, limit.label]


def _addresses() -> Iterator[list[str]]:
    for pattern, name, view in addresses():
        for verb, line in (lines_of(view, name) or {}).items():
            if verb != "HEAD":
                yield [f"`/{pattern}`", f"`{name}`", verb, _line(line)]


def addresses() -> Iterator[tuple[str, str, Callable[..., object]]]:
    """Every address of the house: its pattern, its full name, its view."""
    yield from _walk(get_resolver(), "", "")


def _walk(
    resolver: URLResolver, prefix: str, namespace: str
) -> Iterator[tuple[str, str, Callable[..., object]]]:
    for found in resolver.url_patterns:
        pattern = prefix + str(found.pattern)
        if isinstance(found, URLResolver):
            space = f"{found.namespace}:" if found.namespace else namespace
            yield from _walk(found, pattern, space)
        elif isinstance(found, URLPattern):
            yield pattern, f"{namespace}{found.name}", found.callback


def _line(line: Line) -> str:
    who = {
        "public": "anybody",
        "signed_in": "any professional signed in",
        "link": f"the holder of a link `{line.act}`",
        "policy": f"`{line.act}` on {'several ' if line.many else ''}`{line.kind}`",
    }[line.audience]
    level = f" at `{line.level}`" if line.level else " at its own level" if line.own_level else ""
    kind = KINDS.get(line.kind)
    recorded = ", recorded" if kind and kind.person else ""
    marks = {"demo only": line.demo, "fresh": line.fresh, "before the charter": line.threshold}
    return f"{who}{level}{recorded}" + "".join(f", {mark}" for mark in marks if marks[mark])


def _roles(roles: frozenset[Role]) -> str:
    return ", ".join(f"`{role}`" for role in Role if role in roles)


def _levels(row: Row) -> str:
    return ", ".join(f"`{level}`" for level in Level if level in row.levels)


def transitions_page() -> str:
    """Every workflow: its states, then act × state → state."""
    parts = ["# Transitions\n", NOTICE]
    for workflow in sorted(WORKFLOWS.values(), key=lambda each: each.name):
        parts += [f"## {workflow.label} (`{workflow.name}`)\n", _states(workflow)]
        head = ["Act", "From", "To", "Roles", "Condition"]
        parts.append(table(head, _transitions(workflow)))
    return "\n".join(parts)


def _states(workflow: Workflow) -> str:
    named = (f"`{state}` {label}" for state, label in workflow.states.items())
    return f"States: {', '.join(named)}.\n"


def _transitions(workflow: Workflow) -> Iterator[list[str]]:
    for each in workflow.transitions:
        sources = ", ".join(f"`{state}`" for state in each.sources)
        roles = _roles(each.roles) or "–"
        yield [f"`{each.act}`", sources, f"`{each.target}`", roles, each.condition or "–"]


def rooms_page() -> str:
    """The map of the rooms: what each is for, and which ones it imports today."""
    rows = ([f"[{room}](../jalons/{room}/)", _purpose(room), _imported(room)] for room in _rooms())
    return "\n".join(
        [
            "# Rooms\n",
            NOTICE,
            "From the lowest to the highest; a room imports lower ones only.\n",
            table(["Room", "What it is for", "Imports"], rows),
        ]
    )


def _rooms() -> list[str]:
    return [*settings.ROOMS, "config"]


def _purpose(room: str) -> str:
    readme = ROOMS / room / "README.md"
    if not readme.exists():
        return "settings, addresses, embedded database, launcher: no logic of the field"
    paragraphs = readme.read_text().split("\n\n")
    return " ".join(paragraphs[1].split())


def _imported(room: str) -> str:
    found = {name for file in (ROOMS / room).rglob("*.py") for name in _imports(file)}
    return ", ".join(name for name in _rooms() if name in found - {room}) or "–"


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jalons."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.ImportFrom) and node.module == "jalons":
            yield from (alias.name for alias in node.names)


def licences_page() -> str:
    """What a server runs and under which licence, and what stands in `vendor/`."""
    packages = dependencies.locked()
    declared = dependencies.declared()
    rows = [
        [each.name, each.version, dependencies.licence(each.name), ", ".join(each.asked_by)]
        for each in packages
    ]
    said = (
        f"A server runs {len(packages)} packages, of which the house asks for {len(declared)}"
        " itself. `dev.py check` refuses a licence that is not in this list:"
        f" {', '.join(sorted(dependencies.ALLOWED))}.\n"
    )
    vendored = sorted((ROOMS.parent / "vendor").glob("*/*.txt"))
    return "\n".join(
        [
            "# Licences\n",
            NOTICE,
            said,
            table(["Package", "Version", "Licence", "Asked by"], rows),
            "## Vendored\n",
            table(
                ["Folder", "Licence"],
                ([f"vendor/{file.parent.name}", file.name] for file in vendored),
            ),
        ]
    )


def register(path: str, page: Callable[[], str]) -> None:
    """Adds a page written from the code; `path` is relative to the repository."""
    PAGES[path] = page


PAGES: dict[str, Callable[[], str]] = {
    "docs/policy.md": policy_page,
    "docs/transitions.md": transitions_page,
    "docs/rooms.md": rooms_page,
    "docs/licences.md": licences_page,
}
