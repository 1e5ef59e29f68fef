"""The whole view model of a screen at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import framework_keys, load_framework
from workbook.widgets.views.area import area_page
from workbook.widgets.views.conflicts import conflicts_view
from workbook.widgets.views.frame import (
    REVIEW,
    START,
    greeting,
    languages_view,
    nav_view,
    parties_view,
)
from workbook.widgets.views.review import review_page, tab_content
from workbook.widgets.views.saving import saved_view
from workbook.widgets.views.scene import Scene, View
from workbook.widgets.views.side import side_view
from workbook.widgets.views.start import start_page, welcome_page
from workbook.widgets.views.why import why_view
from workbook.widgets.views.words import words
from workbook.wording.figures import point_text
from workbook.wording.languages import language_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook.widgets.moment import Moment
    from workbook.widgets.state import ScreenState

SCHEMA = 1


def whole(moment: Moment) -> View:
    """Everything that the front end and the static page need to know."""
    state, v = moment.state, moment.voice
    view: View = {
        "schema": SCHEMA,
        "version": 0,
        "lang": state.language,
        "languages": languages_view(),
        "words": moment.cache.words.get((v,), lambda: words(v)),
        "step": state.step,
        "notice": state.notice or next(filter(None, _standing_notices(moment)), None),
        "refused": state.refused,
        "actor": state.actor,
        "nameless": state.nameless,
        "engagement": moment.key,
        "saved": saved_view(moment.saving, v),
        "conflicts": [],
        "undo": None,
        "why": None,
        "side": None,
        "trial": None,
        "import": None,
    }
    scene = moment.scene
    return view | (_with_engagement(moment, scene) if scene else _welcome(moment))


def _store_notice(moment: Moment) -> View | None:
    """Why the choice of engagements is empty, or the one that was asked for is not open."""
    text = moment.voice.t(
        "What is stored cannot be reached now. This page goes on by itself once it can."
    )
    return {"tone": "not", "sign": "○", "text": text} if moment.shelf.away else None


def _standing_notices(moment: Moment) -> Iterator[View | None]:
    """What is said while nothing more urgent is."""
    yield _store_notice(moment)
    yield _group_notice(moment)
    yield _language_notice(moment)


def _group_notice(moment: Moment) -> View | None:
    """That the group has changed its mind since the site inherited from it."""
    if moment.group is None:
        return None
    text = moment.voice.t(
        "{group} has changed since. This brings it up to date here: {command}",
        group=moment.group.organisation.name,
        command=f"workbook inherit {moment.group.key} {moment.key}",
    )
    return {"tone": "nearly", "sign": "⤷", "text": text}


def _language_notice(moment: Moment) -> View | None:
    """What is shown in another language, because the framework lacks the reader's."""
    scene = moment.scene
    framework = scene.rules if scene else load_framework(framework_keys()[0])
    note = language_note(framework.languages, moment.voice)
    return {"tone": "nearly", "sign": "i", "text": note} if note else None


def _welcome(moment: Moment) -> View:
    framework, language = load_framework(framework_keys()[0]), moment.state.language
    shelf = moment.shelf
    return {
        "nav": {
            "name": greeting(language),
            "about": framework.title[language],
            "steps": [],
        },
        "parties": {"order": [], "by": {}},
        "page": welcome_page(framework, moment.voice, shelf.recent, shelf.examples),
    }


def _with_engagement(moment: Moment, scene: Scene) -> View:
    state = moment.state
    areas = {area.key: area for area in scene.rules.areas}
    return {
        "nav": nav_view(scene),
        "parties": parties_view(scene),
        "page": _page(moment, scene),
        "side": None if _is_board(state) else side_view(scene, areas.get(state.step)),
        "why": why_view(scene, state.why) if state.why else None,
        "conflicts": conflicts_view(scene, moment.conflicts, state.actor, moment.merges),
        "trial": trial_view(moment, scene),
        "undo": _undo_view(moment),
        "import": _import(moment, scene),
    }


def _is_board(state: ScreenState) -> bool:
    """Whether the room looks on: the board needs the width, and the score is for later."""
    return state.step == REVIEW and state.tab == "workshop"


def _import(moment: Moment, scene: Scene) -> View | None:
    if moment.intake is None:
        return None
    # The readers of tables are loaded with the first list.
    from workbook.widgets.views.importing import import_view

    return import_view(scene, moment.intake)


def _undo_view(moment: Moment) -> View:
    """What undo and redo would do something to: the trial while there is one, else the record."""
    if trial := moment.state.trial:
        return {"back": bool(trial.steps), "forth": bool(trial.undone)}
    return {"back": moment.can_undo, "forth": moment.can_redo}


def _page(moment: Moment, scene: Scene) -> View:
    state = moment.state
    if state.step == START:
        return start_page(scene)
    if state.step == REVIEW:
        return review_page(scene, state.tab, tab_content(scene, state.tab, moment))
    return area_page(scene, scene.rules.area(state.step))


def trial_view(moment: Moment, scene: Scene) -> View | None:
    """The banner of "what if": what the trial makes of the score; None while nothing is tried."""
    v, trial, before = scene.voice, moment.state.trial, moment.recorded
    if trial is None or before is None:
        return None
    text = v.t("Nothing is recorded: change an owner, a deputy or a date and watch the score.")
    if trial.steps:
        text = v.t(
            "Overall {before} becomes {after}. Nothing is recorded until you keep it.",
            before=point_text(before, v),
            after=point_text(scene.evaluation.score, v),
        )
    return {"title": v.t("What if?"), "text": text, "count": len(trial.steps)}
