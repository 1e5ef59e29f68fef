"""What surrounds every page: who it is about, the steps with honest progress, the parties."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workbook.i18n import NO_BREAK, Voice, languages, voice
from workbook.model.engagement import Engagement, External, Person, Team
from workbook.model.rules import Rules
from workbook.widgets.views.scene import HUES, Scene, View, initials, plain
from workbook.wording.headings import headings

START, REVIEW = "start", "review"

Party = Person | Team | External


def steps(rules: Rules) -> tuple[str, ...]:
    """The steps of the session: start, each area, review."""
    return (START, *(area.key for area in rules.areas), REVIEW)


def onward(scene: Scene, step: str) -> View:
    """The way to the step after this one."""
    order = steps(scene.rules)
    following = order[order.index(step) + 1]
    if following == REVIEW:
        return {"to": following, "text": scene.voice.t("On to the review")}
    return {"to": following, "text": scene.voice.t("On to {area}", area=scene.area(following))}


def nav_view(scene: Scene) -> View:
    """The left side. Progress counts what was really answered, "don't know" included."""
    return {
        "name": scene.engagement.organisation.name,
        "about": about(scene),
        "steps": [_step(scene, number, key) for number, key in enumerate(steps(scene.rules), 1)],
    }


def about(scene: Scene) -> str:
    """The organisation in a few words: its programme, size and business models."""
    facts = scene.engagement.organisation
    models = " + ".join(scene.business_models(facts.business_models))
    parts = [scene.engagement.programme.name or "", scene.profile(facts.profile), models]
    return f"{NO_BREAK}· ".join(part for part in parts if part)


def _step(scene: Scene, number: int, key: str) -> View:
    t = scene.voice.t
    if key == START:
        done, total = start_progress(scene)
        return _numbered(scene, number, key, t("Start"), done, total)
    if key == REVIEW:
        return {
            "key": key,
            "number": number,
            "title": t("Review"),
            "progress": "",
            "progress_label": None,
            "state": "open",
            "ready": True,
        }
    known = ((p.answered + p.unknown, p.total) for p in scene.evaluation.progress if p.area == key)
    done, total = next(known, (0, 0))
    return _numbered(scene, number, key, scene.area(key), done, total)


def _numbered(scene: Scene, number: int, key: str, title: str, done: int, total: int) -> View:
    label = scene.voice.t("{done} of {total} answered", done=done, total=total)
    state = "done" if total and done == total else "open"
    return {
        "key": key,
        "number": number,
        "title": title,
        "progress": f"{done}/{total}",
        "progress_label": label,
        "state": state,
        "ready": True,
    }


def start_progress(scene: Scene) -> tuple[int, int]:
    """(given, of) the facts that the start page asks for."""
    e = scene.engagement
    facts = (
        bool(e.organisation.name),
        bool(e.organisation.profile),
        bool(e.organisation.business_models),
        e.programme.start is not None,
        e.programme.go_live is not None,
        any(e.scope.values()),
        bool(e.people),
    )
    return sum(facts), len(facts)


def languages_view() -> list[View]:
    """The languages to switch to, as short as a switch needs them."""
    return [{"key": key, "title": key.upper()} for key in languages()]


def parties_view(scene: Scene) -> View:
    """Everybody who may own something, in order of name."""
    e = scene.engagement
    parts = (e.people, e.teams, e.externals, scene.voice)
    return scene.cache.parties.get(parts, lambda: parties_index(e, scene.voice))


def parties_index(engagement: Engagement, voice: Voice) -> View:
    """Everybody who may own something, to look up and in order of name."""
    parties = engagement.parties()
    by = {key: _party(key, parties, voice) for key in parties}
    return {"order": sorted(by, key=lambda key: plain(by[key]["name"])), "by": by}


def _party(key: str, parties: Mapping[str, Party], voice: Voice) -> View:
    party = parties[key]
    name, kind, about = party.name, "person", ""
    match party:
        case Person():
            about = party.title or ""
            if party.inside is False:
                about = " · ".join(part for part in (about, voice.t("outside")) if part)
        case Team():
            kind, lead = "team", parties.get(party.lead or "")
            about = (
                voice.t("team · lead {name}", name=lead.name) if lead else voice.t("team · no lead")
            )
        case External():
            kind, about = "external", voice.t("outside organisation")
    parts = (name, about, getattr(party, "unit", None) or "")
    searched = " ".join(re.findall(r"\w+", plain(" ".join(parts))))
    return {
        "id": key,
        "name": name,
        "about": about,
        "kind": kind,
        "initials": initials(name),
        "hue": sum(position * ord(letter) for position, letter in enumerate(key, 1)) % HUES,
        "search": searched,
    }


def greeting(language: str) -> str:
    """The name of the product in a language, for a title before any engagement is there."""
    return headings(voice(language))["workbook"]
