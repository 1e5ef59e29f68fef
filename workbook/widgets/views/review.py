"""The review: map, findings, actions, agenda, sign-off, and what hangs on one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.model.engagement import RESERVED
from workbook.model.evaluation import Action, Finding
from workbook.model.framework import Severity
from workbook.widgets.views.agenda import agenda_page
from workbook.widgets.views.leaving import leaving_page
from workbook.widgets.views.map import map_page
from workbook.widgets.views.planning import plan_view, wanted_view
from workbook.widgets.views.scene import Scene, View
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
    from workbook.workspace import Baseline

TABS = ("map", "findings", "actions", "agenda", "leaving", "signoff")


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
        "signoff": lambda: signoff_page(scene, moment.baselines),
    }[tab]()
    return content


def _tabs(scene: Scene) -> list[View]:
    t = scene.voice.t
    titles = {
        "map": t("Ownership map"),
        "findings": t("Findings"),
        "actions": headings(scene.voice)["actions"],
        "agenda": t("Agenda"),
        "leaving": t("If someone leaves"),
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


def signoff_page(scene: Scene, baselines: tuple[Baseline, ...]) -> View:
    """Every decided owner with their acceptance, and the moments that were signed off."""
    v = scene.voice
    decided = [
        (key, d)
        for key, d in scene.decisions.items()
        if d.owner and d.owner not in RESERVED and key in scene.panels
    ]
    order = {key: position for position, key in enumerate(scene.places)}
    rows = [
        {
            "key": key,
            "title": scene.focal(key),
            "owner": d.owner,
            "deputy": scene.party_label(d.deputy) if d.deputy else "–",
            "acceptance": d.acceptance.state if d.acceptance else None,
            "decided": v.date(d.decided_on, "medium") if d.decided_on else "–",
        }
        for key, d in sorted(decided, key=lambda pair: order.get(pair[0], 0))
    ]
    accepted = sum(row["acceptance"] == "accepted" for row in rows)
    open_ = len(scene.panels) - len(rows)
    left = v.n(
        "One subject is still without a decision.",
        "{count} subjects are still without a decision.",
        open_,
    )
    return {
        "rows": rows,
        "lead": " ".join([_accepted(scene, accepted, len(rows)), *([left] if open_ else [])]),
        "baselines": [
            {
                "name": b.name,
                "text": v.t(
                    "by {name}, {date}", name=b.actor, date=v.date(b.made_at.date(), "medium")
                ),
            }
            for b in baselines
        ],
        "suggested": _unused(
            v.t("Signed off on {date}", date=v.date(scene.evaluation.as_of, "medium")),
            {b.name for b in baselines},
        ),
        "empty": v.t("No owner is decided yet: decide in the areas or on the map."),
    }


def _unused(name: str, taken: set[str]) -> str:
    """The name, numbered if a moment has it already."""
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 2))
    return next(candidate for candidate in (name, *numbered) if candidate not in taken)


def _accepted(scene: Scene, accepted: int, total: int) -> str:
    v = scene.voice
    if not accepted:
        return v.t("No owner has accepted yet.")
    return v.n(
        "One owner of {total} has accepted.",
        "{count} owners of {total} have accepted.",
        accepted,
        total=total,
    )
