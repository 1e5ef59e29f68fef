"""How each focal point is owned, and what its voices come to (METHOD §6): decided here only."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

from workbook.model.engagement import VACANT
from workbook.model.ownership import Consensus, Ownership, OwnershipState
from workbook.scoring.cell import Cell, CellKind, Truth
from workbook.scoring.encode import EngagementReading
from workbook.scoring.panel import ROUNDING, Panel
from workbook.scoring.scope import in_scope

VOICED = {
    Consensus.UNANIMOUS: OwnershipState.AGREED,
    Consensus.AGREED: OwnershipState.AGREED,
    Consensus.MAJORITY: OwnershipState.CONTESTED,
    Consensus.SCATTERED: OwnershipState.CONTESTED,
    Consensus.TWO_CAMPS: OwnershipState.TWO_CAMPS,
    Consensus.GROUP: OwnershipState.GROUP,
    Consensus.TOO_FEW: OwnershipState.CLAIMED,
}


def ownership(reading: EngagementReading) -> tuple[Ownership, ...]:
    """How every focal point in scope is owned, in the framework's order."""
    anonymous, owned = reading.engagement.anonymous, reading.cache.ownership
    return tuple(
        owned.get(focal_point.key, (panel,), partial(_voiced, reading, panel), anonymous)
        if (panel := reading.panels.get(focal_point.key))
        else Ownership(focal_point.key, area.key, OwnershipState.NOT_APPLICABLE)
        for area in reading.rules.areas
        for focal_point in area.focal_points
        if in_scope(focal_point, reading.engagement)
    )


def _voiced(reading: EngagementReading, panel: Panel) -> Ownership:
    """How a panel's focal point is owned; withheld where too few voices would give it away."""
    state, few = state_of(panel), reading.rules.thresholds.small_group
    if reading.engagement.anonymous and not panel.decided and 0 < len(panel.votes) < few:
        state = OwnershipState.WITHHELD
    holder = panel.holder
    owners: tuple[str, ...] = ()
    if state.family == "owned" and holder is not None:
        owners = (holder.party,)
    elif state is OwnershipState.GROUP:
        owners = _members(panel)
    return Ownership(
        focal_point=panel.focal_point.key,
        area=panel.area.key,
        state=state,
        owners=owners,
        backed=_backed(panel, holder if owners else None),
    )


def state_of(panel: Panel) -> OwnershipState:
    """How a focal point is owned, whoever may be told."""
    if not panel.cells:
        return OwnershipState.OPEN
    if panel.decided:
        kind = panel.cells[0].kind
        named = OwnershipState.DECIDED if kind is CellKind.SINGLE else OwnershipState.GROUP
        return _unowned(panel.cells) if kind is CellKind.NONE else named
    if all(cell.kind is CellKind.NONE for cell in panel.votes):
        return _unowned(panel.votes)
    if panel.outcome is Consensus.NOBODY:
        return _unowned(panel.votes)
    return VOICED[panel.outcome]


def _unowned(cells: Sequence[Cell]) -> OwnershipState:
    """Vacant where at least half of those who name nobody say that the post is."""
    nobody = [cell for cell in cells if cell.kind is CellKind.NONE]
    vacant = 2 * sum(VACANT in cell.named for cell in nobody) >= len(nobody)
    return OwnershipState.VACANT if vacant else OwnershipState.ORPHAN


def _members(panel: Panel) -> tuple[str, ...]:
    """Who makes up the group that was decided, or named most often."""
    category = panel.cells[0].party if panel.decided else panel.shares[0][0]
    return next(cell.named for cell in panel.cells if cell.party == category)


def _backed(panel: Panel, holder: Cell | None) -> bool | None:
    """A decision without a deputy has none; voices that name none are not known to have one."""
    if holder is None or holder.kind is not CellKind.SINGLE:
        return None
    if holder.deputy == Truth.YES:
        return True
    return False if holder.deputy == Truth.NO or panel.decided else None


def margin(counts: Sequence[int], agreed_share: float) -> int | None:
    """The smallest number of voices that must change for agreed / not agreed to turn.

    Whoever changes may name anybody, somebody new as well. None if no change turns it: a single
    voice always agrees with itself.
    """
    enough = math.ceil(agreed_share * sum(counts) - ROUNDING)
    if max(counts) < enough:
        return enough - max(counts)
    if enough <= 1:
        return None
    return sum(max(0, count - (enough - 1)) for count in counts)


def pairwise(counts: Sequence[int]) -> float | None:
    """The share of pairs of voices that say the same; None below two voices."""
    votes = sum(counts)
    same = sum(count * (count - 1) for count in counts)
    return same / (votes * (votes - 1)) if votes > 1 else None


def effective_owners(counts: Sequence[int]) -> float | None:
    """1/Σp²: how many equally often named parties would differ as much; None without a voice."""
    votes = sum(counts)
    return votes**2 / sum(count**2 for count in counts) if votes else None
