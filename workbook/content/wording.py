"""Says what is wrong with the shape of a document, and how to fix it, in words of the document."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from workbook.content.nodes import Data
from workbook.content.reading import Steps
from workbook.errors import nearest

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

Worded = tuple[Steps, str, str]
"""Where, what is wrong, how to fix it."""

QUOTED = 200
"""Characters of a wrong value that a message quotes."""
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_GLUED = re.compile(r"(20\d\d)-?([01]\d)-?([0-3]\d)(?:T.*)?")
_YES, _NO = frozenset({"yes", "y", "on", "oui", "true"}), frozenset({"no", "n", "off", "non"})


def say(data: Data, details: Iterable[ErrorDetails], model: type[BaseModel]) -> list[Worded]:
    """Every error once, in the order of the document's model."""
    errors: dict[tuple[Steps, str], Worded] = {}
    for detail in sorted(details, key=lambda detail: detail["type"] == "missing"):
        if _other_reading(data, detail):
            continue
        steps = located(data, detail)
        if detail["type"] == "too_short" and value_at(data, steps):
            continue  # empty because all its items are wrong
        message, fix = _sentence(data, detail, steps, model)
        errors.setdefault((steps, message), (steps, message, fix))
    meant = {(steps[:-1], fix) for steps, _, fix in errors.values()}
    return [
        (steps, message, fix)
        for steps, message, fix in errors.values()
        if (steps[:-1], _meant(steps)) not in meant  # missing because it was mistyped
    ]


def _meant(steps: Steps) -> str:
    return f"did you mean “{steps[-1]}”?" if steps else ""


def located(data: Data, detail: ErrorDetails) -> Steps:
    """The place that an error speaks of; names of alternatives inside it are left out."""
    steps: list[str | int] = []
    for step in detail["loc"]:
        try:
            data = data[step]
        except (LookupError, TypeError):
            continue
        steps.append(step)
    if detail["type"] == "missing":
        steps.append(detail["loc"][-1])
    return tuple(steps)


def value_at(data: Data, steps: Steps) -> Data:
    """The value at a place, None where there is nothing."""
    for step in steps:
        try:
            data = data[step]
        except (LookupError, TypeError):
            return None
    return data


def _other_reading(data: Data, detail: ErrorDetails) -> bool:
    """Whether the error belongs to an alternative (a text or a list of dates) not meant here."""
    meant_list = isinstance(value_at(data, located(data, detail)[:-1]), list) or isinstance(
        detail["input"], list
    )
    loc = detail["loc"]
    if any(isinstance(step, str) and step.startswith("tuple[") for step in loc):
        return not meant_list
    return loc[-1:] == ("str",) and isinstance(detail["input"], list)


def _sentence(
    data: Data, detail: ErrorDetails, steps: Steps, model: type[BaseModel]
) -> tuple[str, str]:
    kind = detail["type"]
    if kind == "extra_forbidden":
        return f"unknown key “{steps[-1]}”", nearest(str(steps[-1]), _fields(model, data, steps))
    if kind == "missing":
        return f"“{steps[-1]}” is missing", f"add “{steps[-1]}: …”"
    if kind in _SENTENCES:
        return _SENTENCES[kind](detail)
    return detail["msg"], "see the published JSON Schema"


def _shown(value: Data) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value)
    return f"“{text[:QUOTED]}…”" if len(text) > QUOTED else f"“{text}”"


def _text(detail: ErrorDetails) -> tuple[str, str]:
    value = detail["input"]
    fix = "write a text"
    if isinstance(value, bool | int | float):
        fix = f'put it between quotes: "{json.dumps(value)}"'
    return f"must be a text, not {_shown(value)}", fix


def _key(detail: ErrorDetails) -> tuple[str, str]:
    value = str(detail["input"])
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    tried = re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")[:64]
    fix = "use lower-case letters, digits, - and _"
    return f"“{value}” cannot be a name here", f"{fix}: “{tried}”" if tried else fix


def _choice(detail: ErrorDetails) -> tuple[str, str]:
    fix = nearest(str(detail["input"]), choices(detail))
    return f"{_shown(detail['input'])} is not possible here", fix


def choices(detail: ErrorDetails) -> list[str]:
    """The words that would have been valid, if the error is about one of a few words."""
    if detail["type"] not in ("literal_error", "enum"):
        return []
    return re.findall(r"'([^']*)'", detail.get("ctx", {}).get("expected", ""))


def _boolean(detail: ErrorDetails) -> tuple[str, str]:
    word = str(detail["input"]).lower()
    fix = "write true" if word in _YES else "write false" if word in _NO else "write one of them"
    return f"must be true or false, not {_shown(detail['input'])}", fix


def _date(detail: ErrorDetails) -> tuple[str, str]:
    return not_a_date(detail["input"])


def not_a_date(value: Data) -> tuple[str, str]:
    """What is wrong with a date, and the date that was probably meant."""
    meant = None
    if turned := _DAY_FIRST.fullmatch(str(value)):
        day, month, year = turned.groups()
        meant = f"{year}-{month:>02}-{day:>02}"
    elif glued := _GLUED.fullmatch(str(value)):
        meant = "-".join(glued.groups())
    known = meant is not None and meant != value and _in_the_calendar(meant)
    fix = f"write year-month-day: {meant}" if known else "write a day such as 2026-11-23"
    return f"{_shown(value)} is not a date", fix


def _in_the_calendar(day: str) -> bool:
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _number(detail: ErrorDetails) -> tuple[str, str]:
    whole = "whole " if detail["type"].startswith("int") else ""
    return f"must be a {whole}number, not {_shown(detail['input'])}", "write digits, without quotes"


def _limit(detail: ErrorDetails) -> tuple[str, str]:
    limit = detail["msg"].removeprefix("Input should be ")
    return f"{_shown(detail['input'])} is out of range", f"it must be {limit}"


def _empty(detail: ErrorDetails) -> tuple[str, str]:
    if detail["type"] == "too_short":
        return "must not be empty", "write at least one"
    return "must not be empty", "write a text, or leave the key out if it is optional"


def _list(detail: ErrorDetails) -> tuple[str, str]:
    return f"must be a list, not {_shown(detail['input'])}", "write [one, two] or one “- ” per line"


def _mapping(detail: ErrorDetails) -> tuple[str, str]:
    value = detail["input"]
    return f"must be keys with values, not {_shown(value)}", "write “key: value” lines"


def _own(detail: ErrorDetails) -> tuple[str, str]:
    return detail["msg"].removeprefix("Value error, "), "write the text, in every language"


_SENTENCES: Mapping[str, Callable[[ErrorDetails], tuple[str, str]]] = {
    "string_type": _text,
    "string_pattern_mismatch": _key,
    "literal_error": _choice,
    "enum": _choice,
    "bool_type": _boolean,
    "date_type": _date,
    "date_parsing": _date,
    "date_from_datetime_parsing": _date,
    "date_from_datetime_inexact": _date,
    "int_type": _number,
    "int_from_float": _number,
    "float_type": _number,
    "greater_than": _limit,
    "greater_than_equal": _limit,
    "less_than": _limit,
    "less_than_equal": _limit,
    "finite_number": _limit,
    "string_too_short": _empty,
    "too_short": _empty,
    "tuple_type": _list,
    "model_type": _mapping,
    "dict_type": _mapping,
    "value_error": _own,
}
"""How each kind of error of the model is told."""


@cache
def _schema(model: type[BaseModel]) -> dict[str, Data]:
    return model.model_json_schema()


def _fields(model: type[BaseModel], data: Data, steps: Steps) -> list[str]:
    """The keys that are valid beside the last step and not used yet."""
    schema = _schema(model)
    node = schema
    for step in steps[:-1]:
        node = next(_inside(schema, node, step), {})
    used = value_at(data, steps[:-1])
    names = {name for arm in _arms(schema, node) for name in arm.get("properties", {})}
    return sorted(names - set(used)) or sorted(names)


def _arms(schema: dict[str, Data], node: dict[str, Data]) -> Iterator[dict[str, Data]]:
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    yield node
    for arm in node.get("anyOf", ()):
        yield from _arms(schema, arm)


def _inside(
    schema: dict[str, Data], node: dict[str, Data], step: str | int
) -> Iterator[dict[str, Data]]:
    for arm in _arms(schema, node):
        if isinstance(step, int):
            below = arm.get("items")
        else:
            # Where keys follow a pattern, every one of them holds the same.
            patterns = [*arm.get("patternProperties", {}).values(), None]
            named = arm.get("properties", {}).get(step)
            below = named or arm.get("additionalProperties") or patterns[0]
        if isinstance(below, dict):
            yield below
