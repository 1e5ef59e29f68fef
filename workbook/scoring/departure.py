"""If this person leaves: what becomes an orphan, what a deputy takes over, what the score says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from workbook.errors import BadInput, Problem, nearest
from workbook.model.engagement import NONE, VACANT, Decision, Engagement
from workbook.model.evaluation import Evaluation
from workbook.model.ownership import Ownership
from workbook.model.rules import Rules
from workbook.scoring.encode import EngagementReading
from workbook.scoring.evaluator import Evaluator
from workbook.scoring.ownership import ownership

ROLES = ("responsible", "consulted", "informed")
"""The fields of a decision that list whoever has a part in it beside the owner."""


@dataclass(frozen=True, slots=True)
class Departure:
    """What a departure leaves behind, read off the evaluation `after` it.

    Focal points in the framework's order. `orphaned`: nobody owns them any more. `inherited`:
    (focal point, whoever owns it now). `unsettled`: they had one owner and have none, such as a
    team that lost its lead. `unbacked`: their owner stays and loses the deputy.
    """

    person: str
    orphaned: tuple[str, ...]
    inherited: tuple[tuple[str, str], ...]
    unsettled: tuple[str, ...]
    unbacked: tuple[str, ...]
    after: Evaluation


def if_leaves(rules: Rules, engagement: Engagement, person: str, as_of: dt.date) -> Departure:
    """What happens if a person leaves; BadInput for somebody who is not in the engagement."""
    people = [person.id for person in engagement.people]
    if person not in people:
        raise BadInput(Problem(f"unknown person “{person}”", nearest(person, people)))
    evaluator = Evaluator()
    today = ownership(evaluator.read(rules, engagement))
    after = evaluator.evaluate(rules, without(engagement, person), as_of)
    changes = list(zip(today, after.ownership, strict=True))
    return Departure(
        person=person,
        orphaned=tuple(new.focal_point for old, new in changes if _orphaned(old, new)),
        inherited=tuple(
            (new.focal_point, new.owner)
            for old, new in changes
            if new.owner is not None and new.owner != old.owner
        ),
        unsettled=tuple(
            new.focal_point
            for old, new in changes
            if old.owner and not new.owner and not _orphaned(old, new)
        ),
        unbacked=tuple(
            new.focal_point
            for old, new in changes
            if old.owner and old.owner == new.owner and old.backed and not new.backed
        ),
        after=after,
    )


def _orphaned(old: Ownership, new: Ownership) -> bool:
    return new.state.family == "orphan" != old.state.family


def held(reading: EngagementReading, person: str) -> tuple[str, ...]:
    """The focal points that a person holds, decided or agreed, themselves or as a team's lead."""
    return tuple(key for key, cell in reading.holders.items() if cell.party == person)


def backed(reading: EngagementReading, person: str) -> tuple[str, ...]:
    """The focal points on which a person is the decided owner's deputy."""
    return tuple(
        key
        for key, panel in reading.panels.items()
        if panel.decision is not None and panel.decided and panel.decision.deputy == person
    )


def without(engagement: Engagement, person: str) -> Engagement:
    """The engagement after a person has left: deputies take over, else the post is vacant."""
    return engagement.model_copy(
        update={
            "people": tuple(p for p in engagement.people if p.id != person),
            "teams": tuple(
                team.model_copy(update={"lead": None}) if team.lead == person else team
                for team in engagement.teams
            ),
            "nominations": tuple(
                n.model_copy(
                    update={
                        "party": VACANT if n.party == person else n.party,
                        "deputy": NONE if n.deputy == person else n.deputy,
                    }
                )
                for n in engagement.nominations
            ),
            "decisions": tuple(_after(engagement, d, person) for d in engagement.decisions),
        }
    )


def _heir(engagement: Engagement, decision: Decision | None, person: str) -> str | None:
    """The deputy who takes over, if there is one who is somebody else."""
    if decision is None or decision.deputy in (None, NONE, VACANT, person):
        return None
    leads = {team.id: team.lead for team in engagement.teams}
    deputy = decision.deputy
    return None if deputy in leads and leads[deputy] in (None, person) else deputy


def _after(engagement: Engagement, decision: Decision, person: str) -> Decision:
    changes: dict[str, object] = {
        field: tuple(party for party in getattr(decision, field) if party != person)
        for field in ROLES
    }
    if decision.owner == person:
        heir = _heir(engagement, decision, person)
        changes |= {"owner": heir or VACANT, "deputy": NONE}
    elif decision.deputy == person:
        changes["deputy"] = NONE
    return decision.model_copy(update=changes)
