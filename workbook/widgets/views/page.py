"""The whole view model of a screen at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import framework_keys, load_framework, organisation_name
from workbook.i18n import Voice, voice
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
    from workbook.widgets.conversation import Conversation

SCHEMA = 1
RECENT = 6


def whole(talk: Conversation) -> View:
    """Everything that the front end and the static page need to know."""
    scene, speaks = talk.scene, voice(talk.language)
    view: View = {
        "schema": SCHEMA,
        "version": 0,
        "lang": talk.language,
        "languages": languages_view(),
        "words": talk.views.words.get((speaks,), lambda: words(speaks)),
        "step": talk.step,
        "notice": talk.notice or _language_notice(scene, speaks),
        "refused": talk.refused,
        "actor": talk.actor,
        "engagement": talk.session.key if talk.session else None,
        "saved": saved_view(talk.session, speaks),
        "conflicts": [],
        "undo": None,
        "why": None,
        "side": None,
        "trial": None,
    }
    return view | (_with_engagement(talk, scene) if scene else _welcome(talk, speaks))


def _language_notice(scene: Scene | None, speaks: Voice) -> View | None:
    framework = scene.framework if scene else load_framework(framework_keys()[0])
    note = language_note(framework.languages, speaks)
    return {"tone": "nearly", "sign": "i", "text": note} if note else None


def _welcome(talk: Conversation, speaks: Voice) -> View:
    framework = load_framework(framework_keys()[0])
    examples = [(key, organisation_name(path)) for key, path in talk.workspace.examples().items()]
    recent = talk.workspace.engagements()[:RECENT]
    return {
        "nav": {
            "name": greeting(talk.language),
            "about": framework.title[talk.language],
            "steps": [],
        },
        "parties": {"order": [], "by": {}},
        "page": welcome_page(framework, speaks, recent, examples),
    }


def _with_engagement(talk: Conversation, scene: Scene) -> View:
    session = talk.session
    areas = {area.key: area for area in scene.framework.areas}
    return {
        "nav": nav_view(scene),
        "parties": parties_view(scene),
        "page": _page(talk, scene),
        "side": side_view(scene, areas.get(talk.step)),
        "why": why_view(scene, talk.why) if talk.why else None,
        "conflicts": conflicts_view(scene, session),
        "trial": trial_view(talk, scene),
        "undo": _undo_view(talk),
    }


def _undo_view(talk: Conversation) -> View | None:
    """What undo and redo would do something to: the trial while there is one, else the record."""
    if talk.trial is not None:
        return {"back": bool(talk.trial.steps), "forth": bool(talk.trial.undone)}
    session = talk.session
    return {"back": session.can_undo, "forth": session.can_redo} if session else None


def _page(talk: Conversation, scene: Scene) -> View:
    if talk.step == START:
        return start_page(scene, talk.pasted)
    if talk.step == REVIEW:
        return review_page(scene, talk.tab, review_tab(talk, scene, talk.tab))
    return area_page(scene, scene.framework.area(talk.step))


def review_tab(talk: Conversation, scene: Scene, tab: str) -> View:
    """One tab of the review."""
    baselines = talk.session.baselines if talk.session else ()
    return tab_content(scene, tab, talk.leaver, talk.planner, baselines)


def trial_view(talk: Conversation, scene: Scene) -> View | None:
    """The banner of "what if": what the trial makes of the score; None while nothing is tried."""
    if talk.trial is None or talk.session is None:
        return None
    v, before = scene.voice, talk.session.evaluate(talk.as_of).score
    text = v.t("Nothing is recorded: change an owner, a deputy or a date and watch the score.")
    if talk.trial.steps:
        text = v.t(
            "Overall {before} becomes {after}. Nothing is recorded until you keep it.",
            before=point_text(before, v),
            after=point_text(scene.evaluation.score, v),
        )
    return {"title": v.t("What if?"), "text": text, "count": len(talk.trial.steps)}
