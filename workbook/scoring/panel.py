"""The panel of a focal point: what each voice says of its owner (METHOD §1).

Plain Python over one engagement. `workbook.scoring.encode` turns panels into arrays; findings and
agreement read them as they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from workbook.model.engagement import (
    NOBODY,
    Decision,
    Engagement,
    External,
    Nomination,
    Person,
    Role,
    State,
    Team,
)
from workbook.model.evaluation import Evidence
from workbook.model.framework import Area, FocalPoint
from workbook.model.ownership import Consensus
from workbook.model.rules import Rules
from workbook.scoring.cell import (
    ALONE,
    POSTLESS,
    Backing,
    Cell,
    CellKind,
    Truth,
    free_cells,
    owner_of,
    worth,
)
from workbook.scoring.fit import Fitting
from workbook.scoring.identity_cache import IdentityCache, IdentityCaches
from workbook.scoring.scope import in_scope, profile_of, respondents_of, ruled_out

ROUNDING = 1e-9


@dataclass(frozen=True)
class Panel:
    """All voices on one focal point. `free` is m of METHOD §1, after the top-up to r_min.

    `r_min` voices are needed for an outcome, a share of `agreed_share` of them for agreement.
    """

    area: Area
    focal_point: FocalPoint
    cells: tuple[Cell, ...]
    free: int
    decision: Decision | None
    votes: tuple[Cell, ...]
    unknown: int
    not_applicable: int
    r_min: int
    agreed_share: float

    @property
    def answered(self) -> int:
        """N of METHOD §1."""
        return len(self.cells)

    @property
    def decided(self) -> bool:
        """Whether a decision stands and names an owner, or nobody."""
        return bool(self.cells) and self.cells[0].respondent is None

    @property
    def basis(self) -> int | None:
        """How many voices a conclusion about the owner rests on; None under a decision."""
        return None if self.decided else len(self.votes)

    def backing_basis(self, owner: str) -> int | None:
        """How many of the owner's voices say who stands in; None under a decision."""
        known = [c for c in self.votes if c.party == owner and c.deputy != Truth.UNKNOWN]
        return None if self.decided else len(known)

    @cached_property
    def shares(self) -> tuple[tuple[str, int], ...]:
        """(category, votes) of the nominations, most first, ties by name (METHOD §6)."""
        counts = Counter(cell.party for cell in self.votes)
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    @cached_property
    def outcome(self) -> Consensus:
        """What the nominations come to, decisions apart (METHOD §6); of three all must agree."""
        votes = len(self.votes)
        if votes < self.r_min:
            return Consensus.TOO_FEW
        (category, most), *others = self.shares
        second = others[0][1] if others else 0
        # Two that tie for most agree on nothing, however low the share that an overlay asks for.
        if most < self.agreed_share * votes - ROUNDING or most == second:
            return _divided(most, second, votes)
        if category == NOBODY:
            return Consensus.NOBODY
        if any(cell.kind is CellKind.GROUP for cell in self.votes if cell.party == category):
            return Consensus.GROUP
        return Consensus.UNANIMOUS if most == votes else Consensus.AGREED

    @cached_property
    def holder(self) -> Cell | None:
        """The cell of whoever holds the focal point: decided, or agreed by the respondents.

        Deputy and inside are what most of those say who know; the worse where they are divided.
        """
        if not self.decided and self.outcome.verdict != "agreed":
            return None
        favourite = min(self.favourites(), default=None)
        votes = [c for c in self.cells if c.kind is CellKind.SINGLE and c.party == favourite]
        if not votes:
            return None
        return replace(
            votes[0],
            deputy=_mostly([cell.deputy for cell in votes]),
            inside=_mostly([cell.inside for cell in votes]),
        )

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What each cell rests on, in the order of `cells`."""
        return tuple(self.evidence_of(cell) for cell in self.cells)

    def evidence_of(self, cell: Cell) -> Evidence:
        """The voice or decision that a cell of this panel stands for."""
        decision = self.decision if cell.respondent is None else None
        return Evidence(
            "decision" if decision else "nomination",
            respondent=cell.respondent,
            party="+".join(cell.named) or cell.party,
            focal_point=self.focal_point.key,
            on=decision.decided_on if decision else None,
            note=decision.note if decision else None,
        )

    @cached_property
    def support(self) -> dict[str, int]:
        """Votes per single owner among the cells that count, in order of id."""
        counts: dict[str, int] = {}
        for cell in self.cells:
            if cell.kind is CellKind.SINGLE:
                counts[cell.party] = counts.get(cell.party, 0) + 1
        return dict(sorted(counts.items()))

    def favourites(self) -> tuple[str, ...]:
        """Everybody who ties for the most votes, in order of id."""
        support = self.support
        most = max(support.values(), default=0)
        return tuple(party for party, votes in support.items() if votes == most)


def _divided(most: int, second: int, votes: int) -> Consensus:
    """How voices differ that do not agree: two camps hold ¾ together, and each at least ¼."""
    if 2 * most > votes:
        return Consensus.MAJORITY
    camps = 4 * (most + second) >= 3 * votes and 4 * second >= votes
    return Consensus.TWO_CAMPS if camps else Consensus.SCATTERED


def _mostly(values: list[int]) -> int:
    known = [value for value in values if value != Truth.UNKNOWN]
    return int(2 * sum(known) > len(known)) if known else Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads cells of one engagement: who a party counts as, and what is known of it."""

    engagement: Engagement
    parties: dict[str, Person | Team | External]
    fitting: Fitting

    @classmethod
    def of(cls, rules: Rules, engagement: Engagement) -> Reader:
        """A reader of the engagement's parties and titles."""
        return cls(engagement, engagement.parties(), Fitting.of(rules, engagement))

    def counted(self, party: str) -> str | None:
        """Who a vote for this party counts for; None for a team without a lead."""
        holder = self.parties.get(party)
        return holder.lead if isinstance(holder, Team) else party

    def cell(
        self, area: Area, named: tuple[str, ...], deputy: str | None, respondent: str | None
    ) -> Cell:
        """The cell of one voice that names these parties (none, one or several)."""
        kind, party = owner_of(named, self.counted)
        if kind is CellKind.NONE:
            return Cell(kind, party, named, respondent=respondent)
        parties = tuple(sorted({party for party in named if party not in POSTLESS}))
        if kind is CellKind.GROUP:
            return Cell(kind, party, parties, respondent=respondent)
        fit, stands, inside = worth(
            kind,
            self.fitting.fit(party, area),
            self._is_inside(party),
            *self._backing(party, deputy),
        )
        return Cell(
            kind=kind,
            party=party,
            named=parties,
            fit=fit,
            deputy=stands,
            inside=inside,
            respondent=respondent,
            stand_in=deputy if stands == Truth.YES else None,
        )

    def _backing(self, owner: str, deputy: str | None) -> tuple[Backing, int]:
        """What is said of the deputy, and whether the deputy is inside."""
        if deputy is None:
            return Backing.BLANK, Truth.UNKNOWN
        stand_in = None if deputy in ALONE else self.counted(deputy)
        if stand_in in (None, owner):
            return Backing.NONE, Truth.NO
        return Backing.OTHER, self._is_inside(stand_in)

    def _is_inside(self, party: str | None) -> int:
        holder = self.parties.get(party or "")
        if isinstance(holder, Person):
            return Truth.UNKNOWN if holder.inside is None else int(holder.inside)
        return 0


@dataclass(frozen=True, slots=True)
class PanelCache:
    """What of the panels is the same in the next evaluation."""

    standing: IdentityCache[tuple[Nomination, ...]] = field(default_factory=IdentityCache)
    voices: IdentityCache[dict[str, Panel]] = field(default_factory=IdentityCache)
    settled: IdentityCaches[Panel] = field(default_factory=IdentityCaches)


def panels(
    rules: Rules, engagement: Engagement, cache: PanelCache | None = None
) -> dict[str, Panel]:
    """The panel of every applicable focal point, by key.

    `rules` is the engagement's own (overlay applied). Order of the engagement's lists does not
    matter.
    """
    reader = Reader.of(rules, engagement)
    e = engagement
    parts = (e.organisation, e.scope, e.people, e.teams, e.externals, e.matrix_complete)
    cache = cache or PanelCache()
    spoken = partial(standing, e, cache)
    voices = cache.voices.get(
        (rules, *parts, *_spoken_of(e)), lambda: _voices_of(reader, rules, spoken())
    )
    decisions, out = e.standing_decisions(), ruled_out(e)
    return {
        key: cache.settled.get(
            key, (panel, decisions.get(key)), partial(settled, reader, panel, decisions.get(key))
        )
        for key, panel in voices.items()
        if key not in out
    }


def standing(engagement: Engagement, cache: PanelCache) -> tuple[Nomination, ...]:
    """`Engagement.standing_nominations`, computed once for the same nominations."""
    return cache.standing.get(_spoken_of(engagement), engagement.standing_nominations)


def _spoken_of(engagement: Engagement) -> tuple[object, ...]:
    """What standing nominations depend on: without names, whoever withdrew still speaks."""
    return engagement.nominations, engagement.respondents, engagement.anonymous


def _voices_of(
    reader: Reader, rules: Rules, nominations: tuple[Nomination, ...]
) -> dict[str, Panel]:
    """What respondents say of every focal point in scope, decisions apart."""
    engagement = reader.engagement
    spoken = _spoken(nominations)
    limits = profile_of(rules, engagement).r_min, rules.thresholds.agreed_share
    by_key: dict[str, Panel] = {}
    for area in rules.areas:
        asked = respondents_of(engagement, area)
        for focal_point in area.focal_points:
            if in_scope(focal_point, engagement):
                of_focal_point = spoken.get(focal_point.key, {})
                by_key[focal_point.key] = _heard(
                    reader, area, focal_point, asked, of_focal_point, limits
                )
    return by_key


def _spoken(nominations: tuple[Nomination, ...]) -> dict[str, dict[str, list[Nomination]]]:
    spoken: dict[str, dict[str, list[Nomination]]] = {}
    for nomination in nominations:
        of_focal_point = spoken.setdefault(nomination.focal_point, {})
        of_focal_point.setdefault(nomination.respondent, []).append(nomination)
    return spoken


def _heard(
    reader: Reader,
    area: Area,
    focal_point: FocalPoint,
    asked: frozenset[str],
    nominations: dict[str, list[Nomination]],
    limits: tuple[int, float],
) -> Panel:
    cells: list[Cell] = []
    excused = unknown = 0
    for respondent in sorted(nominations):
        rows = nominations[respondent]
        accountable = [n for n in rows if n.role is Role.ACCOUNTABLE and n.party is not None]
        if accountable:
            named = tuple(sorted({n.party for n in accountable if n.party is not None}))
            deputies = sorted({n.deputy for n in accountable if n.deputy is not None})
            deputy = deputies[0] if deputies else None
            cells.append(reader.cell(area, named, deputy, respondent))
        elif any(n.state is State.NOT_APPLICABLE for n in rows):
            excused += 1
        elif reader.engagement.matrix_complete and all(n.state is State.ANSWERED for n in rows):
            cells.append(reader.cell(area, (), None, respondent))
        else:
            unknown += any(n.state is State.UNKNOWN for n in rows)
    r_min, agreed_share = limits
    free = free_cells(len(asked | nominations.keys()) - excused, len(cells), r_min)
    votes = tuple(cells)
    return Panel(
        area=area,
        focal_point=focal_point,
        cells=votes,
        free=free,
        decision=None,
        votes=votes,
        unknown=unknown,
        not_applicable=excused,
        r_min=r_min,
        agreed_share=agreed_share,
    )


def settled(reader: Reader, panel: Panel, decision: Decision | None) -> Panel:
    """The panel under a decision; one without an owner leaves the respondents' voices."""
    if decision is None or decision.state is not State.ANSWERED or decision.owner is None:
        return panel if decision is panel.decision else replace(panel, decision=decision)
    cell = reader.cell(panel.area, (decision.owner,), decision.deputy, None)
    if cell.kind is CellKind.SINGLE and decision.title_reason:
        cell = replace(cell, fit=1)
    return replace(panel, cells=(cell,), free=0, decision=decision, unknown=0)
