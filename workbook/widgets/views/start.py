"""The first page: whom it is about, when, how large, which systems and seats, which people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbook.i18n import Voice
from workbook.model.framework import Framework, FrameworkContent, ScopeGroup
from workbook.scoring.fit import Fitting
from workbook.scoring.scope import holds
from workbook.widgets.views.frame import START, onward
from workbook.widgets.views.scene import Scene, View
from workbook.wording.standing import standing_dates, standing_word
from workbook.workspace import further_systems

if TYPE_CHECKING:
    from workbook.workspace import Standing


def welcome_page(
    framework: Framework,
    voice: Voice,
    recent: Iterable[Standing],
    examples: Iterable[tuple[str, str]],
) -> View:
    """Before any engagement is open: resume one, begin a new one, or look at an example."""
    t = voice.t
    return {
        "kind": "welcome",
        "wide": True,
        "heading": t("Who owns what?"),
        "lead": framework.summary[voice.language],
        "why_now": framework.why_now[voice.language],
        "recent": [
            {
                "key": standing.summary.key,
                "title": standing.summary.name,
                "chip": standing_word(standing, voice)._asdict(),
                "text": standing_dates(standing, voice),
            }
            for standing in recent
        ],
        "examples": [{"key": key, "title": title, "text": t("example")} for key, title in examples],
        "profiles": profiles(framework, voice),
        "business_models": choices(framework.business_models, voice),
        "systems": _further_systems(framework, voice),
    }


def _further_systems(framework: Framework, voice: Voice) -> View | None:
    """What the first group of the scope may add to what it begins with; None without a group."""
    if not framework.scopes:
        return None
    group = framework.scopes[0]
    points = [p for area in framework.areas for p in area.focal_points if p.scope == group.key]
    further = further_systems(framework)
    begun = [point.title[voice.language] for point in points if point.key not in further]
    return {
        "title": group.title[voice.language],
        "help": voice.t(
            "From the beginning: {names}. Add what else there is.", names=voice.listing(begun)
        ),
        "options": choices([point for point in points if point.key in further], voice),
    }


def start_page(scene: Scene) -> View:
    """The facts of an open engagement; each is recorded as it is given."""
    e, t = scene.engagement, scene.voice.t
    return {
        "kind": "start",
        "heading": t("What is it about?"),
        "lead": t("These facts decide what is asked. They are never scored."),
        "organisation": {
            "name": e.organisation.name,
            "sector": e.organisation.sector,
            "country": e.organisation.country,
            "country_text": scene.voice.country(e.organisation.country or ""),
            "employees": e.organisation.employees,
            "employees_text": scene.voice.number(e.organisation.employees or 0),
            "profile": e.organisation.profile,
            "business_models": list(e.organisation.business_models),
        },
        "programme": {
            "name": e.programme.name,
            "start": e.programme.start.isoformat() if e.programme.start else None,
            "go_live": e.programme.go_live.isoformat(),
            "start_text": scene.voice.date(e.programme.start) if e.programme.start else "",
            "go_live_text": scene.voice.date(e.programme.go_live),
        },
        "profiles": profiles(scene.rules, scene.voice),
        "business_models": choices(scene.rules.business_models, scene.voice),
        "scopes": [_scope(scene, group) for group in scene.rules.scopes],
        "people": _people(scene),
        "teams": _teams(scene),
        "onward": onward(scene, START),
    }


def profiles(framework: FrameworkContent, voice: Voice) -> list[View]:
    """Sizes to choose from, with what each one means."""
    return [
        {"key": p.key, "title": p.title[voice.language], "help": p.help[voice.language]}
        for p in framework.profiles
    ]


def choices(options: Iterable[object], voice: Voice) -> list[View]:
    """Keys and titles."""
    return [{"key": option.key, "title": option.title[voice.language]} for option in options]  # type: ignore[attr-defined]


def _scope(scene: Scene, group: ScopeGroup) -> View:
    members = [
        f
        for area in scene.rules.areas
        for f in area.focal_points
        if f.scope == group.key and holds(f.applies, scene.engagement)
    ]
    return {
        "key": group.key,
        "title": scene.say(group.title),
        "help": scene.say(group.help),
        "chosen": list(scene.engagement.scope.get(group.key, ())),
        "options": choices(members, scene.voice),
    }


def _people(scene: Scene) -> list[View]:
    fitting = Fitting.of(scene.rules, scene.engagement)
    titles = {title.key: scene.say(title.title) for title in scene.rules.titles}
    rows = []
    for person in sorted(scene.engagement.people, key=lambda p: p.name):
        key = fitting.title(person)
        recognised = titles[key] if key else scene.voice.t("not recognised") if person.title else ""
        rows.append(
            {
                "id": person.id,
                "title": person.title or "",
                "unit": person.unit or "",
                "recognised": recognised,
                "sure": key is not None,
                "inside": person.inside,
            }
        )
    return rows


def _teams(scene: Scene) -> list[View]:
    return [
        {"id": team.id, "lead": team.lead}
        for team in sorted(scene.engagement.teams, key=lambda t: t.name)
    ]
