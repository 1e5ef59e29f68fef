"""Values that Hypothesis draws from a fuzzer's bytes: messages by their commands, documents."""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial, reduce
from operator import getitem
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbook.widgets.registry import Command, Registry

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Take = Callable[[bytes], object]
Way = tuple[str | int, ...]
MOST = 5
"""Messages of one conversation."""
FIELDS = (
    *(
        "owner",
        "deputy",
        "responsible",
        "consulted",
        "informed",
        "acceptance",
        "confidence",
        "note",
    ),
    *("state", "reason", "value", "every", "evidence", "party", "ask", "name", "title", "lead"),
    *("email", "seat", "inside", "profile", "business_models", "start", "go_live", "step", "tab"),
    *("engagement", "lang", "actor", "names", "decided_on", "title_reason", "confirmed_on", "on"),
)
ODD_VALUES = (
    *(None, True, 0, -1, 10**30, 1e308, float("nan"), float("inf"), "", [], {}, "\ud83d", "\0"),
    *("2026-02-30", "9999-12-31", "0001-01-01", "a" * 2_001, "=1+1", "{0}", "٣", "NaN", "1e999"),
)


def fuzzing(values: SearchStrategy[bytes], take: Take) -> Callable[[bytes], object]:
    """What draws a value from a fuzzer's bytes and takes it."""

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(values)
    def taken(value: bytes) -> None:
        take(value)

    return taken.hypothesis.fuzz_one_input


def odd() -> SearchStrategy[Any]:
    """Values of any kind."""
    scalars = st.sampled_from(ODD_VALUES) | st.integers() | st.floats() | st.text(max_size=8)
    return scalars | st.lists(scalars, max_size=3) | st.dictionaries(_key(()), scalars, max_size=3)


def _key(names: Iterable[str]) -> SearchStrategy[str]:
    return st.sampled_from((*FIELDS, *names)) | st.text(max_size=5)


def messages(among: Registry, names: tuple[str, ...]) -> SearchStrategy[bytes]:
    """A few messages, as lines: most fields are of their kind, and some of any."""
    lines = st.lists(
        st.one_of([_message(command, names) for command in among.values()]),
        min_size=1,
        max_size=MOST,
    )
    return lines.map(lambda said: "\n".join(map(json.dumps, said)).encode())


def _message(command: Command, names: tuple[str, ...]) -> SearchStrategy[dict[str, Any]]:
    needed, optional = {"do": st.just(command.name)}, {}
    for field, info in command._model.model_fields.items():
        (needed if info.is_required() else optional)[field] = _of(info.annotation, names)
    beside = {"once": st.sampled_from("abc"), "edit": st.sampled_from("abc")}
    return st.fixed_dictionaries(needed, optional=optional | beside)


def _of(kind: Any, names: tuple[str, ...]) -> SearchStrategy[Any]:
    """Values of an annotation; of those that are texts or anything, one in five is of any kind."""
    name = st.sampled_from(names)
    inner = partial(_of, names=names)
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return st.one_of(*map(inner, parts))
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is dict:
        return st.dictionaries(_key(names), inner(parts[1]), max_size=4)
    if origin in {list, tuple}:
        return st.lists(inner(parts[0]), max_size=4)
    if dataclasses.is_dataclass(kind):
        fields = {
            field.name: inner(get_type_hints(kind)[field.name])
            for field in dataclasses.fields(kind)
        }
        return st.fixed_dictionaries({}, optional=fields)
    odd_text = st.sampled_from([value for value in ODD_VALUES if isinstance(value, str)])
    known = {
        bool: st.booleans(),
        int: st.integers(),
        float: st.floats(),
        type(None): st.none(),
        str: st.one_of(name, name, name, name, odd_text, odd_text, st.text(max_size=8), odd()),
    }
    return known.get(kind, name | name | odd())


def documents(good: Any) -> SearchStrategy[bytes]:
    """The document with values of other kinds, or from elsewhere in it, in a few places."""
    places = [*_places(good, ())]
    values = odd() | st.sampled_from([value for _, value in places])
    changes = st.lists(st.tuples(st.sampled_from([way for way, _ in places]), values), max_size=3)
    return changes.map(lambda changes: json.dumps(_changed(good, changes)).encode())


def _places(value: Any, way: Way) -> Iterator[tuple[Way, Any]]:
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, part in inner:
        yield (*way, step), part
        yield from _places(part, (*way, step))


def _changed(good: Any, changes: Iterable[tuple[Way, Any]]) -> Any:
    document = copy.deepcopy(good)
    for (*way, last), value in changes:
        with suppress(LookupError, TypeError):  # what holds it was replaced before
            reduce(getitem, way, document)[last] = copy.deepcopy(value)
    return document
