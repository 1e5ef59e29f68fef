"""What charts say in words: their titles, and their readings for who cannot see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from workbook.i18n import Voice
from workbook.wording.names import labelled
from workbook.wording.states import role_names

Carried = Literal["A", "D", "R"]
CARRIED: tuple[Carried, ...] = ("A", "D", "R")
"""The letters of a map that are somebody's work, in the order of their weight."""
NAMED = 3
"""So many who carry most are named; more are counted."""


def load_title(voice: Voice) -> str:
    """What the chart of people's load shows."""
    return voice.t("How many subjects each carries, and in which role")


def load_reading(people: Iterable[tuple[str, Sequence[int]]], voice: Voice) -> str:
    """Who carries how many subjects in which role."""
    roles = role_names(voice)
    lines = (
        labelled(
            name,
            voice.listing(
                f"{voice.number(count)} {roles[letter]}"
                for letter, count in zip(CARRIED, counts, strict=True)
                if count
            ),
            voice,
        )
        for name, counts in people
    )
    return reading(lines)


def people_conclusion(names: Sequence[str], roles: int, voice: Voice) -> str:
    """Who carries most; `names` hold as many roles each."""
    if len(names) > NAMED:
        return voice.t(
            "{number} people or teams carry most: {roles} roles each",
            number=voice.number(len(names)),
            roles=voice.number(roles),
        )
    return voice.n(
        "{names} carries most: {roles} roles",
        "{names} carry most: {roles} roles each",
        len(names),
        names=voice.listing(names),
        roles=voice.number(roles),
    )


def reading(lines: Iterable[str]) -> str:
    """Lines of a chart as sentences."""
    return " ".join(f"{line}." for line in lines)


def support_title(voice: Voice) -> str:
    """What the chart of the C-suite's support shows."""
    return voice.t("How far each member of the C-suite supports the programme, in %")


def firmness_title(voice: Voice) -> str:
    """What the chart of a level's firmness shows."""
    return voice.t("Under how many of the admissible weightings each level would stand, in %")


def readiness_title(voice: Voice) -> str:
    """What the chart of areas with their bounds shows."""
    return voice.t("Certain points of each area, and what is still possible")


def certainties(voice: Voice) -> tuple[str, str]:
    """What the two parts of a range are called."""
    return voice.t("already certain"), voice.t("still possible")


def votes_title(voice: Voice) -> str:
    """What the chart of disputed votes shows."""
    return voice.t("How the votes divide where people differ, in %")


def all_votes_title(voice: Voice) -> str:
    """What the chart of all votes shows."""
    return voice.t("How the votes on each subject divide")


def vote_parts(voice: Voice) -> tuple[str, str, str, str]:
    """What the parts of a bar of votes are called."""
    t = voice.t
    return t("most named"), t("second"), t("others"), t("nobody")


def timeline_title(voice: Voice) -> str:
    """What the native chart of dates shows."""
    return voice.t("Systems, checkpoints and go-live in time")
