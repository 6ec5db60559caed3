"""Row 32: mutants of the policy's functions, applied in process and tried against the unit tests.

A mutant is one function whose tree was changed at one place: its code object replaces that of the
living function, so that everybody who holds the function runs the mutant. The functions that build
SQL are tried on worlds where `decide` must agree with them; the others on pure tests.
"""

import ast
import copy
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {"any": "all", "all": "any"}
SQL = {"visible_to", "among", "_branches", "_same"}
"""Beside those called `_keys`: the functions that build the lists."""

Change = tuple[str, Callable[[Any], Any]]
"""What is changed, and how: the node that replaces it, or None to change it in place."""


@dataclass(frozen=True)
class Mutant:
    module: ModuleType
    function: str
    line: int
    change: str
    source: str

    def __str__(self) -> str:
        return f"{self.module.__name__}:{self.line} {self.function}: {self.change}"

    @cached_property
    def code(self) -> CodeType:
        return _code_of(compile(self.source, self.module.__file__ or "", "exec"), self.function)

    @property
    def builds_sql(self) -> bool:
        name = self.function.rpartition(".")[2]
        return name.endswith("_keys") or name in SQL

    @contextmanager
    def applied(self) -> Iterator[None]:
        function = _living(self.module, self.function)
        before = function.__code__
        function.__code__ = self.code
        try:
            yield
        finally:
            function.__code__ = before


def mutants(module: ModuleType) -> list[Mutant]:
    """Every mutant of every function of a module, in the order of its lines."""
    tree = ast.parse(inspect.getsource(module))
    found: list[Mutant] = []
    for name, function in _functions(tree, ""):
        for node in set(ast.walk(function)) - _set_aside(function):
            for what, change in _changes(node, _constants(function)):
                found.append(_mutant(module, tree, (name, node, what), change))
    return sorted(found, key=lambda mutant: (mutant.line, mutant.change))


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.FunctionDef) and not _declared_only(child):
            yield f"{prefix}{child.name}", child


def _declared_only(function: ast.FunctionDef) -> bool:
    """A method of a protocol: its body is `...`."""
    last = function.body[-1]
    return isinstance(last, ast.Expr) and isinstance(last.value, ast.Constant)


def _changes(node: ast.AST, constants: list[bool | None]) -> Iterator[Change]:
    yield from _of_logic(node)
    match node:
        case ast.If():
            yield "if dropped", lambda it: _set(it, test=ast.Constant(False))
            yield "if always", lambda it: _set(it, test=ast.Constant(True))
        case ast.comprehension(ifs=[_, *_]):
            yield "filter dropped", lambda it: _set(it, ifs=[])
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield from map(_return, constants)
        case ast.Constant(value=value):
            yield f"{value!r} changed", lambda it: ast.Constant(_other(it.value))


def _of_logic(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in SWAPS:
            yield _swap(operator, "ops", as_list=True)
        case ast.BoolOp(op=operator, values=values):
            yield _swap(operator, "op")
            yield from map(_operand, range(len(values)))
        case ast.BinOp(op=operator) if type(operator) in SWAPS:
            yield _swap(operator, "op")
            yield "left alone", lambda it: it.left
            yield "right alone", lambda it: it.right
        case ast.UnaryOp(op=ast.Not() | ast.Invert()):
            yield "not removed", lambda it: it.operand
        case ast.Name(id=name) if name in NAMES:
            yield f"{name} → {NAMES[name]}", lambda it: _set(it, id=NAMES[it.id])


def _swap(operator: ast.AST, name: str, *, as_list: bool = False) -> Change:
    other = SWAPS[type(operator)]
    what = f"{type(operator).__name__} → {other.__name__}"
    return what, lambda it: _set(it, **{name: [other()] if as_list else other()})


def _operand(position: int) -> Change:
    return f"operand {position + 1} dropped", lambda it: _without(it, position)


def _return(constant: bool | None) -> Change:
    return f"returns {constant}", lambda it: _set(it, value=ast.Constant(constant))


def _constants(function: ast.FunctionDef) -> list[bool | None]:
    is_predicate = function.returns is not None and ast.unparse(function.returns) == "bool"
    return [True, False] if is_predicate else [None]


def _other(value: Any) -> Any:
    if isinstance(value, str):
        return f"{value}x"
    return not value if isinstance(value, bool | None) else value + 1


def _set_aside(function: ast.FunctionDef) -> set[ast.AST]:
    """What decides nothing: docstring, annotations, `flat` of a sub-query of keys."""
    aside: list[ast.AST | None] = [function.body[0] if ast.get_docstring(function) else None]
    aside += [function.returns, *(argument.annotation for argument in function.args.args)]
    for node in ast.walk(function):
        if isinstance(node, ast.AnnAssign):
            aside.append(node.annotation)
        elif isinstance(node, ast.keyword) and node.arg == "flat":
            aside.append(node.value)
    return {inner for each in aside if each for inner in ast.walk(each)}


def _set(node: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(node, name, value)


def _without(node: Any, position: int) -> Any:
    left = [value for at, value in enumerate(node.values) if at != position]
    return left[0] if len(left) == 1 else _set(node, values=left)


def _mutant(
    module: ModuleType,
    tree: ast.Module,
    place: tuple[str, ast.AST, str],
    change: Callable[[Any], Any],
) -> Mutant:
    name, node, what = place
    number = next(at for at, each in enumerate(ast.walk(tree)) if each is node)
    mutated = copy.deepcopy(tree)
    target = next(each for at, each in enumerate(ast.walk(mutated)) if at == number)
    replacement = change(target)
    if replacement is not None:
        mutated = _Replace(target, replacement).visit(mutated)
    line = getattr(node, "lineno", 0) or getattr(getattr(node, "target", node), "lineno", 0)
    return Mutant(module, name, line, what, ast.unparse(ast.fix_missing_locations(mutated)))


class _Replace(ast.NodeTransformer):
    def __init__(self, target: ast.AST, replacement: ast.AST) -> None:
        self.target, self.replacement = target, replacement

    def visit(self, node: ast.AST) -> Any:
        return self.replacement if node is self.target else self.generic_visit(node)


def _code_of(code: CodeType, name: str) -> CodeType:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_qualname == name:
                return constant
            if name.startswith(f"{constant.co_qualname}."):
                return _code_of(constant, name)
    raise LookupError(name)


def _living(module: ModuleType, name: str) -> FunctionType:
    found: Any = module
    for part in name.split("."):
        found = inspect.getattr_static(found, part)
    function: Any = getattr(found, "fget", found)
    assert isinstance(function, FunctionType)
    return function


# The tests that try a mutant.


def pure_tests(*modules: ModuleType) -> list[Callable[[], None]]:
    """Every call of the modules' tests, with their parameters; none that uses a fixture."""
    calls: list[Callable[[], None]] = []
    for module in modules:
        for name, function in vars(module).items():
            if name.startswith("test_"):
                calls += _calls(function)
    return calls


def _calls(function: Any) -> Iterator[Callable[[], None]]:
    marks = [mark for mark in getattr(function, "pytestmark", []) if mark.name == "parametrize"]
    given = list(product(*(_values(*mark.args[:2]) for mark in marks)))
    for chosen in given:
        values = {name: value for part in chosen for name, value in part.items()}
        if set(inspect.signature(function).parameters) == set(values):
            yield lambda values=values: function(**values)  # type: ignore[misc]


def _values(names: Any, rows: Any) -> list[dict[str, Any]]:
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    if len(keys) == 1:
        return [{keys[0]: row} for row in rows]
    return [dict(zip(keys, row, strict=True)) for row in rows]


def killed_by(mutant: Mutant, tests: list[Callable[[], None]]) -> bool:
    with mutant.applied():
        return any(fails(test) for test in tests)


def fails(test: Callable[[], None]) -> bool:
    """Whatever a mutant raises, it was seen."""
    try:
        test()
    except (Exception, pytest.fail.Exception):  # noqa: BLE001
        return True
    return False
