"""`--where`: a small expression over facts and parameters, parsed and never executed.

Only what stands in `_READERS` is understood: names, texts, numbers, lists, comparisons, `in`,
`and`, `or`, `not`. No calls, no attributes, no subscripts. A fact that is not known (None) fulfils
no comparison of order. Dates are texts, `go_live < "2027-01-01"`.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from workbook.errors import BadInput, Problem, nearest

LONGEST = 2_000
PLACE = "--where"
Facts: TypeAlias = Mapping[str, object]
Expression: TypeAlias = Callable[[Facts], Any]

_ORDER: Mapping[type[ast.cmpop], Callable[[Any, Any], object]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_OTHERS: Mapping[type[ast.cmpop], Callable[[Any, Any], object]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.eq,
    ast.IsNot: operator.ne,
    ast.In: lambda value, among: among is not None and value in among,
    ast.NotIn: lambda value, among: among is None or value not in among,
}


def condition(expression: str, names: Collection[str]) -> Callable[[Facts], bool]:
    """What decides whether an input is wanted, from its facts.

    Raises BadInput for what is not understood, or names none of `names`. The condition raises
    BadInput where two values cannot be compared.
    """
    if len(expression) > LONGEST:
        raise BadInput(_problem("the expression is too long", "filter the table itself"))
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
        _check_names(tree, names)
        wanted = _read(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        fix = 'write it like: profile == "large" and sector in ("retail", "fashion")'
        raise BadInput(_problem(f"“{expression}” is not a condition", fix)) from None

    def decide(facts: Facts) -> bool:
        try:
            return bool(wanted(facts))
        except (TypeError, RecursionError) as error:
            fix = "compare texts with texts and numbers with numbers"
            raise BadInput(_problem(f"cannot be decided: {error}", fix)) from None

    return decide


def _check_names(tree: ast.expr, names: Collection[str]) -> None:
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    problems = [_problem(f"unknown name “{n}”", nearest(n, names)) for n in used - set(names)]
    if problems:
        raise BadInput(sorted(problems, key=lambda problem: problem.message))


def _problem(text: str, fix: str) -> Problem:
    return Problem(text, fix, "command line", path=PLACE)


def _read(node: ast.expr) -> Expression:
    reader = _READERS.get(type(node))
    if reader is None:
        text = f"“{ast.unparse(node)}” is not allowed in a condition"
        fix = "use names, texts, numbers, comparisons, in, and, or, not"
        raise BadInput(_problem(text, fix))
    return reader(node)


def _name(node: ast.Name) -> Expression:
    return lambda facts: facts.get(node.id)


def _constant(node: ast.Constant) -> Expression:
    return lambda _: node.value


def _group(node: ast.Tuple | ast.List | ast.Set) -> Expression:
    parts = [_read(part) for part in node.elts]
    return lambda facts: [part(facts) for part in parts]


def _bool(node: ast.BoolOp) -> Expression:
    parts, decide = [_read(part) for part in node.values], any
    if isinstance(node.op, ast.And):
        decide = all
    return lambda facts: decide(part(facts) for part in parts)


def _unary(node: ast.UnaryOp) -> Expression:
    part = _read(node.operand)
    if isinstance(node.op, ast.Not):
        return lambda facts: not part(facts)
    if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        return lambda facts: -part(facts)
    raise BadInput(_problem(f"“{ast.unparse(node)}” is not allowed in a condition", "leave it out"))


def _compare(node: ast.Compare) -> Expression:
    parts = [_read(part) for part in (node.left, *node.comparators)]
    links = [_link(op) for op in node.ops]

    def holds(facts: Facts) -> bool:
        values = [part(facts) for part in parts]
        pairs = zip(links, values, values[1:], strict=False)
        return all(link(left, other) for link, left, other in pairs)

    return holds


def _link(op: ast.cmpop) -> Callable[[Any, Any], object]:
    plain = _OTHERS.get(type(op))
    if plain is not None:
        return plain
    order = _ORDER[type(op)]
    return lambda left, other: None not in (left, other) and order(left, other)


_READERS: Mapping[type[ast.expr], Callable[[Any], Expression]] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.Tuple: _group,
    ast.List: _group,
    ast.Set: _group,
    ast.BoolOp: _bool,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
}
