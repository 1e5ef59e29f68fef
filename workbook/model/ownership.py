"""How focal points are owned, and what their voices come to: codes and numbers of an evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Consensus(StrEnum):
    """What the voices on one focal point come to, decisions apart (METHOD §6)."""

    UNANIMOUS = "unanimous"
    AGREED = "agreed"
    MAJORITY = "majority"
    TWO_CAMPS = "two_camps"
    SCATTERED = "scattered"
    NOBODY = "nobody"
    GROUP = "group"
    TOO_FEW = "too_few"
    WITHHELD = "withheld"

    @property
    def verdict(self) -> str:
        """Agreed or not: "agreed" on one owner, "orphan", "group", "contested", or none yet."""
        return _VERDICTS.get(self, self.value)


_VERDICTS = {
    Consensus.UNANIMOUS: "agreed",
    Consensus.MAJORITY: "contested",
    Consensus.TWO_CAMPS: "contested",
    Consensus.SCATTERED: "contested",
    Consensus.NOBODY: "orphan",
}


@dataclass(frozen=True, slots=True)
class FocalAgreement:
    """What respondents say of one focal point (METHOD §6). Never scored.

    `shares`: (category, votes), most first; a category is a party's id, "nobody", or a group.
    `margin`: the smallest number of voices whose change would turn agreed into not agreed, or back;
    None where there is no verdict or none can turn it. `pairwise`: the share of pairs of voices
    that say the same. `effective_owners`: 1/Σp², "as if 1.2 parties owned it".
    """

    focal_point: str
    votes: int
    shares: tuple[tuple[str, int], ...]
    outcome: Consensus
    margin: int | None = None
    pairwise: float | None = None
    effective_owners: float | None = None

    @property
    def verdict(self) -> str:
        """The outcome as agreed or not."""
        return self.outcome.verdict


class OwnershipState(StrEnum):
    """How the ownership of a focal point stands: decisions first, then what voices come to.

    `group`: decided or agreed for several, or for a team without a lead. `claimed`: voices name
    somebody, and are too few to speak of agreement. `withheld`: too few to be told (anonymous).
    """

    DECIDED = "decided"
    AGREED = "agreed"
    CONTESTED = "contested"
    TWO_CAMPS = "two_camps"
    GROUP = "group"
    ORPHAN = "orphan"
    VACANT = "vacant"
    CLAIMED = "claimed"
    OPEN = "open"
    WITHHELD = "withheld"
    NOT_APPLICABLE = "not_applicable"

    @property
    def family(self) -> Literal["owned", "contested", "orphan", "open", "out"]:
        """What maps show: one owner, no single owner, agreed on nobody, not settled, left out."""
        return _FAMILIES[self]


_FAMILIES: dict[OwnershipState, Literal["owned", "contested", "orphan", "open", "out"]] = {
    OwnershipState.DECIDED: "owned",
    OwnershipState.AGREED: "owned",
    OwnershipState.CONTESTED: "contested",
    OwnershipState.TWO_CAMPS: "contested",
    OwnershipState.GROUP: "contested",
    OwnershipState.ORPHAN: "orphan",
    OwnershipState.VACANT: "orphan",
    OwnershipState.CLAIMED: "open",
    OwnershipState.OPEN: "open",
    OwnershipState.WITHHELD: "open",
    OwnershipState.NOT_APPLICABLE: "out",
}


@dataclass(frozen=True, slots=True)
class Ownership:
    """How one focal point is owned. The one place that says so: screens and reports read it.

    `owners`: the one owner, decided or agreed; the members of a group; else nobody. `backed`:
    whether a deputy stands behind the one owner; None if that is not known, or there is no owner.
    """

    focal_point: str
    area: str
    state: OwnershipState
    owners: tuple[str, ...] = ()
    backed: bool | None = None

    @property
    def owner(self) -> str | None:
        """The one owner, if there is one."""
        return self.owners[0] if self.state.family == "owned" else None
