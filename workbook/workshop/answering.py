"""What an answer becomes when a respondent changes it, on a page or on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook.model.engagement import NOBODY, State

if TYPE_CHECKING:
    from workbook.store import Json

LONGEST_TEXT = 500
"""Characters of a text that somebody writes."""


ANSWER_FIELDS = frozenset({"party", "deputy", "confidence", "note", "state", "reason", "ask"})
"""What a respondent may say of a subject."""


def answered(standing: Mapping[str, Json], fields: Mapping[str, Json]) -> dict[str, Json]:
    """The answer after a change: who names somebody does not say "don't know" any more."""
    answer = {k: v for k, v in {**standing, **fields}.items() if v is not None and k != "on"}
    if fields.get("party"):
        answer = {k: v for k, v in answer.items() if k not in {"state", "reason", "ask"}}
        if fields["party"] == NOBODY:
            answer.pop("deputy", None)
    elif fields.get("ask") or fields.get("state") in {State.UNKNOWN, State.NOT_APPLICABLE}:
        answer = {k: v for k, v in answer.items() if k not in {"party", "deputy", "confidence"}}
        answer.setdefault("state", State.UNKNOWN)
        if fields.get("state"):
            answer.pop("ask", None)
    if fields.get("party", "") is None or (fields.get("state", "") is None):
        answer = {k: v for k, v in answer.items() if k not in {"deputy", "confidence", "state"}}
    if answer.keys() <= {"note"} and not answer.get("note"):
        return {}
    return answer
