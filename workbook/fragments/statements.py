"""What was said of each subject, and by whom: a list of few elements that breaks well across pages.

A table would cost a tagged PDF some thousand cells and repeat its subject on no page but the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.markup import join, tag

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Statement:
    """A thing said, and who says so or what it rests on; nothing where nobody may be named."""

    text: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """Everything said of one subject."""

    subject: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class StatementList:
    """The groups under a title; no title where a heading has said it already."""

    title: str
    groups: tuple[StatementGroup, ...]


def statement_list(title: str, groups: Sequence[StatementGroup]) -> Markup:
    """Each subject, and below it what was said of it and by whom."""
    rows = [join((tag("dt", group.subject), *_statements(group))) for group in groups]
    listed = tag("dl", join(rows, "\n"), class_="statements")
    return join((tag("h4", title) if title else None, listed))


def _statements(group: StatementGroup) -> list[Markup]:
    # No element for what is said: hundreds of them are a tenth of a printed page with its tags.
    return [tag("dd", " – ".join(filter(None, (s.text, s.attribution)))) for s in group.statements]
