"""Sealing: what is private leaves the event and is kept beside it, under an opaque key.

An event in the database says `{"@": key}` for whoever stands for a person (person, respondent,
actor) and `{"~": key}` for a name, title, e-mail or text. Erasing a person deletes the rows behind
the keys; the event stays as it was written and reads "erased" from then on.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbook.model.engagement import RESERVED, SESSION
from workbook.store.events import Event, Json

ERASED = "erased"
"""What is read where a person's details were."""

IDENTITY, DETAIL = "@", "~"

_PLAIN = RESERVED | {SESSION, ""}

_SUBJECT_PARTS: Mapping[str, tuple[int, ...]] = {
    "person": (1,),
    "respondent": (1,),
    "nomination": (1,),
    "answer": (3,),
    "invitation": (1,),
}
_NAMES: Mapping[str, frozenset[str]] = {
    "team": frozenset({"lead"}),
    "respondent": frozenset({"person"}),
    "nomination": frozenset({"party", "deputy", "ask"}),
    "decision": frozenset(
        {"owner", "deputy", "responsible", "consulted", "informed", "decided_by", "party"}
    ),
    "action": frozenset({"owner"}),
    "inherited": frozenset({"owner", "deputy"}),
    "parked": frozenset({"respondent"}),
}
_TEXTS: Mapping[str, frozenset[str]] = {
    "person": frozenset({"name", "title", "email", "reason"}),
    "respondent": frozenset({"name"}),
    "external": frozenset({"contact"}),
    "nomination": frozenset({"evidence", "note", "reason"}),
    "answer": frozenset({"value", "reason", "note"}),
    "decision": frozenset({"evidence", "note", "reason", "title_reason"}),
    "parked": frozenset({"text"}),
    "inherited": frozenset({"value"}),
}
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""An option's key or an ISO date: an answer that is no text of a person."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A private text; `holder` is the opaque key of the person it belongs to."""

    key: str
    holder: str
    text: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """The parts of an event as the database has them, and the details that belong to it."""

    actor: str
    subject: Json
    value: Json
    details: tuple[Detail, ...]


def new_salt() -> str:
    """What keeps a digest from being guessed; it goes with what it salts."""
    return secrets.token_hex(16)


def new_key() -> str:
    """An opaque key; also a valid id, so that an erased person still reads as one."""
    return f"x{secrets.token_hex(8)}"


def names_in(event: Event) -> Iterator[str]:
    """Everybody an event names: its actor, those in its subject, those in its value."""
    yield event.actor
    for part in _SUBJECT_PARTS.get(event.subject[0], ()):
        if event.subject[part] not in _PLAIN:
            yield event.subject[part]
    if event.subject[0] == "external":
        yield event.subject[1]
    fields = _NAMES.get(event.subject[0], frozenset())
    names: list[str] = []
    _mapped(event.value, fields, lambda _, name: names.append(name))
    yield from (name for name in names if name not in _PLAIN)


def seal(event: Event, keys: Mapping[str, str]) -> Sealed:
    """The event with its private parts taken out. `keys`: name ↦ opaque key (`names_in`)."""
    topic = event.subject[0]
    named = _SUBJECT_PARTS.get(topic, ())
    subject: list[Json] = [
        {IDENTITY: keys[part]} if position in named and part not in _PLAIN else part
        for position, part in enumerate(event.subject)
    ]
    holder = keys.get(_holder(event), keys[event.actor])
    details: list[Detail] = []

    def take(field: str, written: str) -> Json:
        if field == "value" and _CODE.fullmatch(written):
            return written
        details.append(Detail(f"{event.id}-{len(details)}", holder, written))
        return {DETAIL: details[-1].key}

    value = _mapped(event.value, _TEXTS.get(topic, frozenset()), take)
    value = _mapped(
        value,
        _NAMES.get(topic, frozenset()),
        lambda _, name: name if name in _PLAIN else {IDENTITY: keys[name]},
    )
    return Sealed(keys[event.actor], subject, value, tuple(details))


def _holder(event: Event) -> str:
    """Who a private text belongs to: the person described, the respondent, else the writer."""
    topic = event.subject[0]
    if topic in {"person", "respondent", "external", "nomination"}:
        return event.subject[1]
    return (event.subject[3] if topic == "answer" else "") or event.actor


def _mapped(value: Json, fields: Container[str], change: Callable[[str, str], Json]) -> Json:
    """The value with each text under these field names replaced by `change(field, text)`."""
    if isinstance(value, list):
        return [_mapped(element, fields, change) for element in value]
    if not isinstance(value, dict):
        return value
    changed: dict[str, Any] = {}
    for name, held in value.items():
        if name not in fields:
            changed[name] = _mapped(held, fields, change)
        elif isinstance(held, str):
            changed[name] = change(name, held)
        elif isinstance(held, list) and all(isinstance(text, str) for text in held):
            changed[name] = [change(name, text) for text in held]
        else:
            changed[name] = held
    return changed


def sealed_keys(value: Json, mark: str) -> Iterator[str]:
    """The opaque keys of one kind in a sealed value or subject."""
    if isinstance(value, list):
        for element in value:
            yield from sealed_keys(element, mark)
    elif isinstance(value, dict):
        if mark in value:
            yield value[mark]
        else:
            for element in value.values():
                yield from sealed_keys(element, mark)


def unsealed(value: Json, names: Mapping[str, str], texts: Mapping[str, str]) -> Json:
    """A sealed value with its private parts put back; "erased" where they are gone.

    A name that is gone stays its opaque key, so that what refers to it still does.
    """
    if isinstance(value, list):
        return [unsealed(element, names, texts) for element in value]
    if not isinstance(value, dict):
        return value
    if IDENTITY in value:
        return names.get(value[IDENTITY], value[IDENTITY])
    if DETAIL in value:
        return texts.get(value[DETAIL], ERASED)
    return {name: unsealed(element, names, texts) for name, element in value.items()}
