"""Topics: how every part of an engagement is named as a subject and written as a value.

One table says it for all of them, so that reading a document into changes and folding events
back into an engagement are each other's inverse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter, ValidationError

from workbook.errors import BadInput, Problem, nearest
from workbook.model.base import Key, Value
from workbook.model.engagement import (
    Answer,
    Decision,
    Engagement,
    External,
    FrameworkRef,
    Nomination,
    Organisation,
    Overlay,
    Person,
    Programme,
    Respondent,
    Team,
    Undertaking,
)
from workbook.model.inherited import Inherited
from workbook.model.workshop import Invitation, Parked, Round, Timetable
from workbook.store.events import Change, Json, Subject

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""Half a character, as a broken program sends it, and the one that ends texts in C."""

Parsed = Any
"""A value as the model has it: a setting's value, or the tuple of a subject's elements."""


@dataclass(frozen=True)
class Topic:
    """One kind of subject.

    `field` is the engagement's attribute, `model` the type of its value or of one element, and
    `names` the fields of an element that its subject says already. A `setting` has one value, a
    `group` one value per name, any other topic a collection of elements. `always_list` keeps a
    single element in a list. What is `final` is not undone: people have been asked since.
    """

    field: str
    model: Any
    names: tuple[str, ...] = ()
    setting: bool = False
    group: bool = False
    compulsory: bool = False
    always_list: bool = False
    final: bool = False

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.model)

    def parse(self, subject: Subject, value: Json) -> Parsed:
        """The model's value, or the tuple of elements; ValidationError if it is wrong."""
        if self.setting or self.group:
            return self._adapter.validate_python(value, strict=False)
        known = {name: part or None for name, part in zip(self.names, subject[1:], strict=True)}
        elements = value if isinstance(value, list) else [value]
        return tuple(self._element(known, element) for element in elements)

    def _element(self, known: Mapping[str, str | None], element: Json) -> Parsed:
        if not isinstance(element, dict):
            return self._adapter.validate_python(element)
        other = {name for name in known if name in element and element[name] != known[name]}
        if other:
            name = min(other)
            raise ValueError(f"{name} is “{element[name]}”, the subject says “{known[name]}”")
        return self._adapter.validate_python({**element, **known})

    def dump(self, parsed: Parsed) -> Json:
        """The value as JSON without what the subject or a default says already."""
        if isinstance(parsed, Value):
            return parsed.model_dump(mode="json", exclude_defaults=True, exclude=set(self.names))
        if self.setting or self.group:
            return self._adapter.dump_python(parsed, mode="json")
        listed = [
            element.model_dump(mode="json", exclude_defaults=True, exclude=set(self.names))
            for element in parsed
        ]
        return listed[0] if len(listed) == 1 and not self.always_list else listed


TOPICS: Mapping[str, Topic] = {
    "language": Topic("language", str, setting=True),
    "framework": Topic("framework", FrameworkRef, setting=True, compulsory=True),
    "overlay": Topic("overlay", Overlay, setting=True),
    "organisation": Topic("organisation", Organisation, setting=True, compulsory=True),
    "programme": Topic("programme", Programme, setting=True, compulsory=True),
    "anonymous": Topic("anonymous", bool, setting=True),
    "matrix_complete": Topic("matrix_complete", bool, setting=True),
    "scope": Topic("scope", tuple[Key, ...], ("group",), group=True),
    "person": Topic("people", Person, ("id",)),
    "team": Topic("teams", Team, ("id",)),
    "external": Topic("externals", External, ("id",)),
    "respondent": Topic("respondents", Respondent, ("id",)),
    "nomination": Topic("nominations", Nomination, ("respondent", "focal_point"), always_list=True),
    "answer": Topic("answers", Answer, ("question", "subject", "respondent")),
    "decision": Topic("decisions", Decision, ("focal_point",)),
    "group": Topic("group", Key, setting=True),
    "inherited": Topic("inherited", Inherited, ("subject", "instance")),
    "action": Topic("undertakings", Undertaking, ("action",)),
    "round": Topic("rounds", Round, ("id",), final=True),
    "invitation": Topic("invitations", Invitation, ("respondent",), final=True),
    "parked": Topic("parked", Parked, ("id",)),
    "timetable": Topic("timetable", Timetable, setting=True),
}

MOMENTS = frozenset({"baseline", "erasure", "import"})
"""Subjects of events that say something about the history, not about the engagement."""


def topic_of(subject: Subject) -> Topic:
    """The topic of a subject; BadInput if there is none or a part is missing."""
    path = "/".join(map(str, subject))
    topic = TOPICS.get(subject[0]) if subject else None
    if topic is None:
        name = str(subject[0]) if subject else ""
        raise BadInput(Problem(f"unknown subject “{name}”", nearest(name, TOPICS), path=path))
    if len(subject) != 1 + len(topic.names):
        parts = ", ".join((subject[0], *topic.names))
        raise BadInput(
            Problem("the subject has missing or extra parts", f"give {parts}", path=path)
        )
    return topic


def parsed(change: Change) -> Parsed:
    """The change's value as the model has it (None if it removes); BadInput with all problems."""
    topic = topic_of(change.subject)
    path = "/".join(change.subject)
    if change.value is None:
        if topic.compulsory:
            raise BadInput(Problem("cannot be removed", "give it another value", path=path))
        return None
    try:
        return topic.parse(change.subject, change.value)
    except ValidationError as error:
        raise BadInput(
            Problem(detail["msg"], path=".".join((path, *map(str, detail["loc"]))))
            for detail in error.errors()
        ) from error
    except ValueError as error:
        raise BadInput(Problem(str(error), "leave it out", path=path)) from error


def canonical(change: Change) -> Change:
    """The same change, checked, with its value in its shortest form."""
    value = parsed(change)
    topic = topic_of(change.subject)
    shortest = Change(tuple(change.subject), None if value is None else topic.dump(value))
    refuse_unwritable("/".join(change.subject), *shortest.subject, shortest.value)
    return shortest


def refuse_unwritable(path: str, *parts: Json) -> None:
    """BadInput, at this path, if a part of an event has a character that no database takes.

    What waits behind such an event would never be written.
    """
    if not all(map(_is_writable, parts)):
        raise BadInput(Problem("half a character, or none", "remove this character", path=path))


def _is_writable(value: Json) -> bool:
    match value:
        case str():
            return _UNWRITABLE.search(value) is None
        case dict():
            return all(map(_is_writable, (*value.keys(), *value.values())))
        case list() | tuple():
            return all(map(_is_writable, value))
    return True


def engagement_changes(engagement: Engagement) -> Iterator[Change]:
    """A whole engagement as changes; folding them gives an equal engagement back.

    Elements that say the same subject twice (two nominations by one respondent for one focal
    point, decisions that replaced each other) become one change at the first one's place.
    """
    for name, topic in TOPICS.items():
        held = getattr(engagement, topic.field)
        if topic.setting:
            if topic.compulsory or held != Engagement.model_fields[topic.field].get_default():
                yield Change((name,), topic.dump(held))
        elif topic.group:
            for key, value in held.items():
                yield Change((name, key), topic.dump(value))
        else:
            by_subject: dict[Subject, list[Any]] = {}
            for element in held:
                parts = (getattr(element, part) or "" for part in topic.names)
                by_subject.setdefault((name, *parts), []).append(element)
            for subject, elements in by_subject.items():
                yield Change(subject, topic.dump(tuple(elements)))
