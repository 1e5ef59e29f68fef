"""Agreement: what respondents say of each focal point. Shown, never scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.chips import chip
from workbook.fragments.markup import join, scrolling, tag
from workbook.fragments.svg import share, strip
from workbook.i18n import Voice
from workbook.model.ownership import Consensus
from workbook.wording.figures import votes_text
from workbook.wording.headings import absences, headings
from workbook.wording.states import consensus_word, more_text

if TYPE_CHECKING:
    from markupsafe import Markup

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Share:
    """How many voices one answer has; `nobody` marks the answer that nobody owns it."""

    label: str
    votes: int
    nobody: bool = False


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A focal point's votes, most first, and what they come to."""

    label: str
    votes: int
    shares: tuple[Share, ...]
    outcome: Consensus


@dataclass(frozen=True, slots=True)
class VoteGroup:
    """The rows of an area under its title; no title, no heading row."""

    title: str
    rows: tuple[VoteRow, ...]


def agreement_bars(caption: str, groups: Sequence[VoteGroup], voice: Voice) -> Markup:
    """A table with one bar of votes per focal point: who is named, how often, and the verdict."""
    heads = (
        tag("th", headings(voice)["subject"], scope="col"),
        tag("th", headings(voice)["votes"], scope="col", colspan=2),
        tag("th", voice.t("Who is named"), scope="col"),
        tag("th", voice.t("Verdict"), scope="col"),
    )
    bodies = [_body(group, voice) for group in groups]
    head = tag("thead", tag("tr", heads))
    return scrolling(
        caption, tag("table", tag("caption", caption), head, bodies, class_="vote-table")
    )


def vote_bar(row: VoteRow, voice: Voice) -> Markup:
    """The shares of the votes as one bar: leader, second, the rest, and “nobody” dashed."""
    words = voice.listing([f"{answer.label} {voice.number(answer.votes)}" for answer in row.shares])
    track = tag("rect", width="100%", height=12, rx=3, class_="track")
    if not row.votes:
        return strip("bar", absences(voice)["no_votes"], track)
    at, parts = 0, []
    for position, answer in enumerate(row.shares, 1):
        kind = "seg-nobody" if answer.nobody else f"seg-{min(position, 3)}"
        x, width = share(at / row.votes), share(answer.votes / row.votes)
        parts.append(tag("rect", x=x, y=0.5, width=width, height=11, class_=kind))
        at += answer.votes
    return strip("bar", words, track, parts)


def _body(group: VoteGroup, voice: Voice) -> Markup:
    head = tag("th", group.title, scope="rowgroup", colspan=5)
    rows = [tag("tr", head, class_="group")] if group.title else []
    return tag("tbody", join(rows + [_row(row, voice) for row in group.rows], "\n"))


def _row(row: VoteRow, voice: Voice) -> Markup:
    withheld = row.outcome is Consensus.WITHHELD or not row.shares
    count = "–" if withheld else votes_text(row.shares[0].votes, row.votes, voice)
    named = "–" if withheld else _named(row, voice)
    cells = (
        tag("td", None if withheld else vote_bar(row, voice), class_="votes-bar"),
        tag("td", count, class_="num nowrap"),
        tag("td", named, class_="who"),
        tag(
            "td",
            chip(*consensus_word(row.outcome, voice)) if row.votes else absences(voice)["no_votes"],
        ),
    )
    return tag("tr", tag("th", row.label, scope="row"), cells)


def _named(row: VoteRow, voice: Voice) -> str:
    names = [f"{answer.label} {voice.number(answer.votes)}" for answer in row.shares[:_SHOWN]]
    rest = len(row.shares) - _SHOWN
    if rest > 0:
        names.append(more_text(rest, voice))
    return " · ".join(names)
