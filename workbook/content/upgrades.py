"""Brings documents of an older schema up to date, one version at a time.

Each step knows two neighbouring versions only. A document without a `schema_version` is taken as
today's; one from the future is refused, because guessing would lose what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workbook.content.nodes import Data
from workbook.content.reading import Document
from workbook.errors import BadInput, Problem
from workbook.model.engagement import ENGAGEMENT_SCHEMA_VERSION
from workbook.model.framework import FRAMEWORK_SCHEMA_VERSION

Step = Callable[[dict[str, Data]], dict[str, Data]]


def _party_was_owner(data: dict[str, Data]) -> dict[str, Data]:
    """1 → 2: a nomination may name R, C and I as well, so its `owner` became its `party`."""
    match data:
        case {"nominations": [*nominations]}:
            return {**data, "nominations": [_renamed(n, "owner", "party") for n in nominations]}
    return data


def _renamed(item: Data, old: str, new: str) -> Data:
    """A mapping with a key under its new name; anything else as it is."""
    if not isinstance(item, dict):
        return item
    return {(new if key == old else key): value for key, value in item.items()}


_ENGAGEMENT_STEPS: Mapping[int, Step] = {1: _party_was_owner}


def upgraded_engagement(document: Document) -> Document:
    """The document in today's schema; BadInput for a version that nobody knows."""
    return _upgraded(document, ENGAGEMENT_SCHEMA_VERSION, _ENGAGEMENT_STEPS)


def upgraded_framework(document: Document) -> Document:
    """The document in today's schema; BadInput for a version that nobody knows."""
    return _upgraded(_in_minutes(document), FRAMEWORK_SCHEMA_VERSION, {})


def _in_minutes(document: Document) -> Document:
    """Efforts were hours once, in the same schema: an `effort_hours` becomes `effort_minutes`."""
    match document.data:
        case {"actions": {**actions}} as data:
            minutes = {key: _minutes(action) for key, action in actions.items()}
            return document.holding({**data, "actions": minutes})
    return document


def _minutes(action: Data) -> Data:
    match action:
        case {"effort_minutes": _} | {"effort_hours": bool()}:
            return action
        case {"effort_hours": int() | float() as hours}:
            renamed = _renamed(action, "effort_hours", "effort_minutes")
            return {**renamed, "effort_minutes": round(60 * hours)}
    return action


def _upgraded(document: Document, today: int, steps: Mapping[int, Step]) -> Document:
    data = document.data
    if not isinstance(data, dict):
        return document
    version = data.get("schema_version", today)
    if version == today:
        return document
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version < today:
        raise BadInput(_refused(document, version, today))
    while version < today:
        data = {**steps[version](data), "schema_version": version + 1}
        version += 1
    return document.holding(data)


def _refused(document: Document, version: Data, today: int) -> Problem:
    if isinstance(version, int) and version > today:
        message = f"this document has schema {version}; this release reads up to schema {today}"
        fix = "install a newer release of ownership-workbook"
    else:
        message, fix = f"“{version}” is not a schema version", f"write schema_version: {today}"
    return document.problem(("schema_version",), message, fix)
