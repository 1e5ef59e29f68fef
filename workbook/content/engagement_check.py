"""Cross-checks of an engagement with its framework: scope, people, overlay, and what was said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from workbook.content.engagement_overlay import overlay_flaws
from workbook.content.engagement_voices import VOICES
from workbook.content.engagement_workshop import WORKSHOP
from workbook.content.flaws import Flaw, repeated, unknown
from workbook.content.names import Names
from workbook.content.reading import Steps
from workbook.content.shape import without
from workbook.errors import BadInput, Problem
from workbook.i18n import speaks
from workbook.model.engagement import RESERVED, Engagement, External, Person, Respondent, Team
from workbook.model.framework import Framework


def check_engagement(engagement: Engagement, framework: Framework) -> tuple[Problem, ...]:
    """Everything wrong with an engagement, judged with its framework as it is shipped.

    The engagement's overlay is applied here. Places are dotted paths; there is no file.
    """
    return tuple(flaw.problem() for flaw in engagement_flaws(engagement, framework))


def consistent(
    engagement: Engagement, framework: Framework
) -> tuple[Engagement, tuple[Problem, ...]]:
    """The engagement without what `check_engagement` refuses, and what was left out for it.

    A session keeps what was said about a system that has left the scope since, or about somebody
    who was taken off the list; a document that others read cannot. BadInput if nothing is left.
    """
    left_out: list[Problem] = []
    while flaws := engagement_flaws(engagement, framework):
        left_out += (flaw.problem() for flaw in flaws)
        rest = without(engagement, [flaw.steps for flaw in flaws])
        if rest is None or rest == engagement:
            raise BadInput(left_out)
        engagement = rest
    return engagement, tuple(left_out)


def engagement_flaws(engagement: Engagement, framework: Framework) -> tuple[Flaw, ...]:
    """Every flaw of an engagement that has the right shape."""
    names = Names.of(engagement, framework)
    flaws = [*overlay_flaws(engagement.overlay, framework)]
    return (*flaws, *(flaw for check in (*_CHECKS, *VOICES, *WORKSHOP) for flaw in check(names)))


def _organisation(names: Names) -> Iterator[Flaw]:
    engagement, rules = names.engagement, names.rules
    facts = engagement.organisation
    # A framework without this language shows its own texts instead; the rest must be spoken.
    if not speaks(engagement.language):
        yield from unknown("language", engagement.language, rules.languages, "language")
    profiles = [profile.key for profile in rules.profiles]
    yield from unknown("profile", facts.profile, profiles, "organisation", "profile")
    models = [model.key for model in rules.business_models]
    at: Steps = ("organisation", "business_models")
    for i, key in enumerate(facts.business_models):
        yield from unknown("business model", key, models, *at, i)
    yield from repeated(
        "business model",
        (((*at, i), key) for i, key in enumerate(facts.business_models)),
        "drop it",
    )


def _programme(names: Names) -> Iterator[Flaw]:
    programme = names.engagement.programme
    if programme.start and programme.start > programme.go_live:
        message = f"starts on {programme.start}, after go-live on {programme.go_live}"
        yield Flaw(("programme", "start"), message, "put the start before go-live")


def _scope(names: Names) -> Iterator[Flaw]:
    for group, keys in names.engagement.scope.items():
        yield from unknown("scope group", group, names.groups, "scope", group)
        for i, key in enumerate(keys):
            if group in names.groups:
                kind = f"focal point of the group {group}"
                yield from unknown(kind, key, names.groups[group], "scope", group, i)
        listed: list[tuple[Steps, str]] = [(("scope", group, i), key) for i, key in enumerate(keys)]
        yield from repeated("focal point", listed, "drop it")


def _ids(names: Names) -> Iterator[Flaw]:
    engagement = names.engagement
    parties = [
        *_placed("people", engagement.people),
        *_placed("teams", engagement.teams),
        *_placed("externals", engagement.externals),
    ]
    yield from repeated("id", parties)
    for steps, key in parties:
        if key in RESERVED:
            yield Flaw(steps, f"“{key}” is a reserved word", "choose another id")
    yield from repeated("respondent", _placed("respondents", engagement.respondents))


def _placed(
    field: str, listed: Sequence[Person | Team | External | Respondent]
) -> list[tuple[Steps, str]]:
    return [((field, i, "id"), item.id) for i, item in enumerate(listed)]


def _people(names: Names) -> Iterator[Flaw]:
    for i, person in enumerate(names.engagement.people):
        at: Steps = ("people", i)
        yield from unknown("title", person.title_key, names.titles, *at, "title_key")
        yield from unknown("seat", person.seat, names.seats, *at, "seat")
        for n, accepted in enumerate(person.accepted_titles):
            yield from unknown(
                "area", accepted.area, names.areas, *at, "accepted_titles", n, "area"
            )


def _teams_and_respondents(names: Names) -> Iterator[Flaw]:
    for i, team in enumerate(names.engagement.teams):
        yield from unknown("person", team.lead, names.people, "teams", i, "lead")
    for i, respondent in enumerate(names.engagement.respondents):
        yield from unknown("person", respondent.person, names.people, "respondents", i, "person")
        for n, area in enumerate(respondent.areas):
            yield from unknown("area", area, names.areas, "respondents", i, "areas", n)


_CHECKS: tuple[Callable[[Names], Iterable[Flaw]], ...] = (
    _organisation,
    _programme,
    _scope,
    _ids,
    _people,
    _teams_and_respondents,
)
