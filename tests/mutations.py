"""The small changes that `make mutants` makes to a module: each a slip that somebody could make."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "minimum": "maximum"}
NAMES |= {"maximum": "minimum"}
SILENT = (ast.Raise, ast.Assert, ast.Import, ast.ImportFrom)
"""Statements whose texts no test need know, or that say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change to a module: its line, the statement's line as it was and as it is."""

    line: int
    change: str
    node: int
    number: int
    source: str = field(repr=False)
    """The module as it was when the mutants were drawn: somebody may be at work on it."""

    def made(self) -> ast.Module:
        """The module with the change."""
        tree = ast.parse(self.source)
        node = list(_changeable(tree))[self.node]
        list(_changes(node))[self.number].make()
        return ast.fix_missing_locations(tree)


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for index, node in enumerate(list(_changeable(tree))):
        # A number alone says little of where it stands.
        shown = parents[node] if isinstance(node, ast.Constant) else node
        before = ast.unparse(shown).partition("\n")[0]
        for number, change in enumerate(list(_changes(node))):
            usual = getattr(change.node, change.name)
            change.make()
            after = ast.unparse(shown).partition("\n")[0]
            setattr(change.node, change.name, usual)
            yield Mutant(
                line=node.lineno,
                change=f"{before}  →  {after}",
                node=index,
                number=number,
                source=source,
            )


def _changeable(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Expressions and statements, in order; no annotations, decorators, texts of errors or docs."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, SILENT) or _is_text(child):
                continue
            if isinstance(child, ast.keyword) and child.arg == "strict":
                continue  # of zip: it asserts, as `assert` does
            if isinstance(child, ast.Call) and ast.unparse(child.func) == "TypeVar":
                continue  # for the type checker alone
            if isinstance(child, ast.expr | ast.stmt):
                yield child
            yield from _changeable(child)


def _is_text(node: ast.AST) -> bool:
    """Whether a statement is a docstring, or a branch for the type checker alone."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


@dataclass(frozen=True)
class _Change:
    """One field of a node, and what it becomes."""

    node: ast.AST
    name: str
    value: object

    def make(self) -> None:
        setattr(self.node, self.name, self.value)


def _changes(node: ast.expr | ast.stmt) -> Iterator[_Change]:
    """The changes to a node itself, its children left alone."""
    for kinds, changes in RULES:
        if isinstance(node, kinds):
            yield from changes(node)


def _operators(node: Any) -> Iterator[_Change]:
    """Another operator: < for <=, or for and, - for +."""
    if isinstance(node, ast.Compare):
        yield _Change(node, "ops", [SWAPS[type(node.ops[0])](), *node.ops[1:]])
    elif type(node.op) in SWAPS:
        yield _Change(node, "op", SWAPS[type(node.op)]())


def _parts(node: ast.BoolOp) -> Iterator[_Change]:
    """A condition without one of its parts."""
    for index in range(len(node.values)):
        rest = node.values[:index] + node.values[index + 1 :]
        yield _Change(node, "values", rest if len(rest) > 1 else [rest[0], rest[0]])


def _unary(node: ast.UnaryOp) -> Iterator[_Change]:
    if isinstance(node.op, ast.Not):
        yield _Change(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
    elif isinstance(node.op, ast.USub):
        yield _Change(node, "op", ast.UAdd())


def _branches(node: ast.If | ast.IfExp | ast.While) -> Iterator[_Change]:
    yield _Change(node, "test", ast.UnaryOp(ast.Not(), node.test))


def _constants(node: ast.Constant) -> Iterator[_Change]:
    match node.value:
        case bool():
            yield _Change(node, "value", not node.value)
        case int() | float():
            yield _Change(node, "value", node.value + 1)
        case str() if node.value:
            yield _Change(node, "value", f"{node.value}~")


def _names(node: ast.Name | ast.Attribute) -> Iterator[_Change]:
    name = "id" if isinstance(node, ast.Name) else "attr"
    if (other := NAMES.get(getattr(node, name))) is not None:
        yield _Change(node, name, other)


def _results(node: ast.Return) -> Iterator[_Change]:
    if node.value is not None and not isinstance(node.value, ast.Constant):
        yield _Change(node, "value", ast.Constant(None))


def _elements(node: ast.Set) -> Iterator[_Change]:
    """A set without one of its elements."""
    for index in range(len(node.elts) if len(node.elts) > 1 else 0):
        yield _Change(node, "elts", node.elts[:index] + node.elts[index + 1 :])


def _effects(node: ast.Expr) -> Iterator[_Change]:
    if isinstance(node.value, ast.Call | ast.YieldFrom):
        yield _Change(node, "value", ast.Constant(None))


def _filters(node: Any) -> Iterator[_Change]:
    """A comprehension without one of its conditions."""
    for index, part in enumerate(node.generators):
        if part.ifs:
            wider = copy.copy(part)
            wider.ifs = part.ifs[1:]
            parts = [*node.generators[:index], wider, *node.generators[index + 1 :]]
            yield _Change(node, "generators", parts)


RULES: tuple[tuple[Any, Callable[[Any], Iterator[_Change]]], ...] = (
    (ast.Compare | ast.BoolOp | ast.BinOp | ast.AugAssign, _operators),
    (ast.BoolOp, _parts),
    (ast.UnaryOp, _unary),
    (ast.If | ast.IfExp | ast.While, _branches),
    (ast.Constant, _constants),
    (ast.Name | ast.Attribute, _names),
    (ast.Return, _results),
    (ast.Set, _elements),
    (ast.Expr, _effects),
    (ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, _filters),
)
"""Which nodes are changed, and how."""
