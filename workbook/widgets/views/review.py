"""The review: map, findings, actions, agenda, sign-off, and what hangs on one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.model.evaluation import Action, Finding
from workbook.model.framework import Severity
from workbook.widgets.views.agenda import agenda_page
from workbook.widgets.views.leaving import leaving_page
from workbook.widgets.views.map import map_page
from workbook.widgets.views.planning import plan_view, wanted_view
from workbook.widgets.views.scene import Scene, View
from workbook.widgets.views.signoff import signoff_page
from workbook.widgets.views.workshop import workshop_page
from workbook.wording.actions import action_title, action_who
from workbook.wording.evidence import evidence_sentences
from workbook.wording.figures import effort_text, gain_text
from workbook.wording.findings import finding_explanation, finding_title
from workbook.wording.headings import headings
from workbook.wording.headline import headline
from workbook.wording.states import SEVERITY, severity_text

if TYPE_CHECKING:
    from workbook.scoring.plan import Plan
    from workbook.widgets.moment import Moment
    from workbook.widgets.planner import Aim

TABS = ("map", "findings", "actions", "agenda", "leaving", "workshop", "signoff")


def review_page(scene: Scene, tab: str, content: View) -> View:
    """The review with the content of its open tab; the others are made when they are opened."""
    return {
        "kind": "review",
        "wide": True,
        "heading": headline(scene),
        "lead": scene.voice.t(
            "Go through it together: the map first, then what was found, then who does what."
        ),
        "tabs": _tabs(scene),
        "tab": tab,
        "content": content,
    }


def tab_content(scene: Scene, tab: str, moment: Moment) -> View:
    """The content of one tab."""
    state = moment.state
    content: View = {
        "map": lambda: map_page(scene),
        "findings": lambda: findings_page(scene),
        "actions": lambda: actions_page(scene, state.aim, moment.plan),
        "agenda": lambda: agenda_page(scene),
        "leaving": lambda: leaving_page(scene, state.leaver),
        "workshop": lambda: workshop_page(scene, moment.gathering),
        "signoff": lambda: signoff_page(scene, moment.signing),
    }[tab]()
    return content


def _tabs(scene: Scene) -> list[View]:
    t = scene.voice.t
    titles = {
        "map": t("Map"),
        "findings": headings(scene.voice)["findings"],
        "actions": headings(scene.voice)["actions"],
        "agenda": t("Agenda"),
        "leaving": t("If someone leaves"),
        "workshop": t("Workshop"),
        "signoff": t("Sign-off"),
    }
    counts = {"findings": len(scene.findings), "actions": len(scene.disclosure.actions)}
    return [{"key": key, "title": titles[key], "count": counts.get(key)} for key in TABS]


def findings_page(scene: Scene) -> View:
    """Findings by severity, each with its evidence and the action that answers it."""
    groups = []
    for severity in Severity:
        findings = [f for f in scene.findings if f.severity == severity]
        if findings:
            tone, sign = SEVERITY[severity]
            groups.append(
                {
                    "key": severity,
                    "tone": tone,
                    "sign": sign,
                    "title": severity_text(severity, scene.voice),
                    "items": [finding_view(scene, f) for f in findings],
                }
            )
    return {
        "groups": groups,
        "empty": _no_findings(scene),
    }


def _no_findings(scene: Scene) -> str:
    if scene.evaluation.score.low == scene.evaluation.score.high:
        return scene.voice.t("Nothing was found: every subject stands as it should.")
    return scene.voice.t("Nothing was found in what is answered so far.")


def finding_view(scene: Scene, finding: Finding) -> View:
    """A finding with its severity, explanation, evidence and the action that answers it."""
    tone, sign = SEVERITY[finding.severity]
    answers = (action for action in scene.evaluation.actions if finding.key in action.findings)
    action = next(answers, None)
    return {
        "key": finding.key,
        "severity": {
            "tone": tone,
            "sign": sign,
            "text": severity_text(finding.severity, scene.voice),
        },
        "title": finding_title(scene, finding),
        "text": finding_explanation(scene, finding),
        "evidence": list(evidence_sentences(scene, finding)),
        "action": action_title(scene, action) if action else "",
        "to": finding.area,
        "focus": finding.focal_point or finding.question,
    }


def actions_page(scene: Scene, aim: Aim | None, plan: Plan | None) -> View:
    """Actions in the order of what they gain per hour of effort, and the plan asked for."""
    return {
        "wanted": wanted_view(scene, aim),
        "plan": plan_view(scene, aim, plan) if aim and plan else None,
        "rows": [_action(scene, action) for action in scene.disclosure.actions],
        "empty": scene.voice.t("Nothing is left to do."),
        "note": scene.voice.t(
            "Gain: what one action adds to the score you can already count on (lower bound)."
        ),
    }


def _action(scene: Scene, action: Action) -> View:
    v = scene.voice
    return {
        "key": action.key,
        "title": action_title(scene, action),
        "who": action_who(scene, action),
        "due": v.date(action.due, "day"),
        "effort": effort_text(action.effort_hours, v),
        "gain": gain_text(action.gain_low, v) if action.gain_low > 0 else "–",
        "to": action.area,
        "focus": action.question or action.focal_point,
    }
