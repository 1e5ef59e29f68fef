"""Agreement: what respondents say of each focal point. Shown, never scored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.chips import chip
from workbook.fragments.markup import join, tag
from workbook.fragments.svg import share, strip
from workbook.i18n import Voice
from workbook.model.ownership import Consensus
from workbook.wording.figures import votes_text
from workbook.wording.headings import absences
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
    """One bar of votes per focal point: how they divide, who is named how often, the verdict."""
    lists = [
        join((tag("h3", group.title) if group.title else None, _list(group, voice)))
        for group in groups
    ]
    return join((tag("p", caption, class_="note"), *lists))


def vote_bar(row: VoteRow) -> Markup:
    """The shares of the votes as one bar: leader, second, the rest, and “nobody” dashed."""
    track = tag("rect", width="100%", height=12, rx=3, class_="track")
    if not row.votes:
        return strip("bar", "", track)
    at, parts = 0, []
    for position, answer in enumerate(row.shares, 1):
        kind = "seg-nobody" if answer.nobody else f"seg-{min(position, 3)}"
        x, width = share(at / row.votes), share(answer.votes / row.votes)
        parts.append(tag("rect", x=x, y=0.5, width=width, height=11, class_=kind))
        at += answer.votes
    return strip("bar", "", track, parts)


def _list(group: VoteGroup, voice: Voice) -> Markup:
    return tag("dl", join([_row(row, voice) for row in group.rows], "\n"), class_="vote-list")


def _row(row: VoteRow, voice: Voice) -> Markup:
    withheld = row.outcome is Consensus.WITHHELD or not row.shares
    verdict = chip(*consensus_word(row.outcome, voice))
    return tag(
        "div",
        tag("dt", row.label),
        tag("dd", None if withheld else vote_bar(row)),
        tag("dd", "–" if withheld else named_text(row, voice), class_="who"),
        tag("dd", verdict if row.votes else absences(voice)["no_votes"]),
    )


def named_text(row: VoteRow, voice: Voice) -> str:
    """Who was named how often, most first."""
    first, *others = row.shares[:_SHOWN]
    names = [f"{first.label} {votes_text(first.votes, row.votes, voice)}"]
    names += [f"{answer.label} {voice.number(answer.votes)}" for answer in others]
    if rest := len(row.shares[_SHOWN:]):
        names.append(more_text(rest, voice))
    return " · ".join(names)
