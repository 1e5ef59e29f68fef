"""The names that an engagement may use: its own people and what its framework offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.model.engagement import Engagement
from workbook.model.framework import Framework, Question
from workbook.model.rules import Rules, in_force


@dataclass(frozen=True)
class Names:
    """Every name by its kind. `rules`: the framework in force.

    `areas`, `focal_points` and `questions` are those of the framework as it is shipped together
    with the overlay's own, so that something switched off is not taken for a mistyped name.
    `shut` says of each focal point that is out of scope how it would come in.
    """

    engagement: Engagement
    rules: Rules
    areas: frozenset[str]
    focal_points: frozenset[str]
    questions: Mapping[str, Question]
    groups: Mapping[str, frozenset[str]]
    shut: Mapping[str, str]
    seats: frozenset[str]
    titles: frozenset[str]
    people: frozenset[str]
    parties: frozenset[str]
    respondents: frozenset[str]

    @staticmethod
    def of(engagement: Engagement, shipped: Framework) -> Names:
        """The names for an engagement made with this framework."""
        rules = in_force(shipped, engagement.overlay)
        places = {**rules.places(), **shipped.places()}
        groups = {scope.key: set[str]() for scope in shipped.scopes}
        for key, (_, focal_point) in places.items():
            if focal_point.scope in groups:
                groups[focal_point.scope].add(key)
        return Names(
            engagement=engagement,
            rules=rules,
            areas=frozenset(area.key for area in shipped.areas),
            focal_points=frozenset(places),
            questions={key: question for key, (_, question) in shipped.questions().items()},
            groups={group: frozenset(keys) for group, keys in groups.items()},
            shut=_shut(engagement, rules),
            seats=frozenset(key for key, (_, f) in places.items() if f.kind == "seat"),
            titles=frozenset(title.key for title in rules.titles),
            people=frozenset(person.id for person in engagement.people),
            parties=frozenset(engagement.parties()),
            respondents=frozenset(respondent.id for respondent in engagement.respondents),
        )


def _shut(engagement: Engagement, rules: Rules) -> dict[str, str]:
    left = rules.places()
    shut = dict.fromkeys(rules.framework.places().keys() - left.keys(), "take it out of overlay")
    for key, (_, focal_point) in left.items():
        group = focal_point.scope
        if group and key not in engagement.scope.get(group, ()):
            shut[key] = f"add it to scope.{group}"
    return shut
