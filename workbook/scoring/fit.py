"""Whether an owner's title fits an area (METHOD §1, *fitting*). Lists of titles are examples."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from workbook.model.engagement import Engagement, Person
from workbook.model.framework import Area, Title
from workbook.model.rules import Rules
from workbook.scoring.cell import Truth
from workbook.scoring.scope import holds_for
from workbook.scoring.titles import Recogniser, recogniser


@dataclass(frozen=True, slots=True)
class Fitting:
    """Judges titles for one engagement; a `Truth` each."""

    engagement: Engagement
    people: dict[str, Person]
    titles: dict[str, Title]
    known: Recogniser
    _judged: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Rules, engagement: Engagement) -> Fitting:
        """For the people of an engagement and the titles of its framework."""
        return cls(
            engagement,
            {person.id: person for person in engagement.people},
            {title.key: title for title in rules.titles},
            recogniser(rules),
        )

    def title(self, person: Person) -> str | None:
        """The key of the person's title: overruled, else recognised well enough, else None."""
        readings = self.readings(person)
        return readings[0] if len(readings) == 1 else None

    def readings(self, person: Person) -> tuple[str, ...]:
        """Every title that the person's may stand for: several if it is ambiguous."""
        if person.title_key:
            return (person.title_key,)
        return self.known.recognise(person.title).readings

    def fit(self, party: str, area: Area) -> int:
        """Whether the title is typical, senior enough or accepted: a `Truth`.

        Whoever holds a seat of an area fits it, whatever the title. An ambiguous title is known
        where all of its readings come to the same.
        """
        about = (party, area.key)
        if about not in self._judged:
            self._judged[about] = self._fit(party, area)
        return self._judged[about]

    def _fit(self, party: str, area: Area) -> int:
        person = self.people.get(party)
        if person is None:
            return Truth.UNKNOWN
        facts = self.engagement.organisation
        return judge(
            area,
            [self.titles[key] for key in self.readings(person)],
            [accepted.area for accepted in person.accepted_titles],
            person.seat,
            facts.profile,
            facts.business_models,
        )


def judge(
    area: Area,
    titles: Sequence[Title],
    accepted: Collection[str],
    seat: str | None,
    profile: str,
    business_models: tuple[str, ...],
) -> int:
    """Fit of somebody whose title may be one of these: a `Truth`, unknown where titles differ.

    `accepted`: the areas for which the title was accepted with a reason.
    """
    if area.key in accepted or seat in {focal_point.key for focal_point in area.focal_points}:
        return Truth.YES
    judged = {fits(title, area, profile, business_models) for title in titles}
    return int(judged.pop()) if len(judged) == 1 else Truth.UNKNOWN


def fits(title: Title, area: Area, profile: str, business_models: tuple[str, ...]) -> bool:
    """Whether a recognised title is typical for an area, or senior enough for it."""
    typical = area.key in title.fits and holds_for(title.fits_when, profile, business_models)
    return typical or title.seniority >= area.senior_from
