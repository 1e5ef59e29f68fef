"""Findings and actions told in one language, from the framework's texts."""

from __future__ import annotations

import datetime as dt

from workbook.fragments.actions import asked
from workbook.fragments.chips import SEVERITY, severity_text
from workbook.model.engagement import NOBODY, VACANT, State
from workbook.model.evaluation import Action, Evidence, Finding
from workbook.widgets.views.scene import Scene, View


class _Blank(dict[str, str]):
    """Fills what a text does not know with nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def _values(scene: Scene, told: Finding | Action) -> _Blank:
    v = scene.voice
    found = _Blank(
        focal_point=scene.spoken(told.focal_point) if told.focal_point else "",
        area=scene.framework.area(told.area).title[scene.language] if told.area else "",
        question=scene.question(told.question, told.focal_point) if told.question else "",
    )
    if isinstance(told, Finding):
        found.update(
            parties=scene.voice.listing(_inline(scene, party) for party in told.parties),
            count="" if told.count is None else v.number(told.count),
            total="" if told.total is None else v.number(told.total),
            days="" if told.days is None else v.n("{count} day", "{count} days", told.days),
            date=v.date(told.date, "medium") if told.date else "",
            title=told.title or scene.framework.title_text(told.title_key, scene.language),
        )
    return found


def _inline(scene: Scene, party: str) -> str:
    """A party as it stands within a sentence."""
    t = scene.voice.t
    return {NOBODY: t("nobody"), VACANT: t("a vacant post")}.get(party) or scene.party(party)


def finding_title(scene: Scene, finding: Finding) -> str:
    """What was found, in a line."""
    text = scene.framework.findings.get(finding.kind)
    return text.title[scene.language].format_map(_values(scene, finding)) if text else finding.kind


def finding_view(scene: Scene, finding: Finding) -> View:
    """A finding with its severity, explanation, evidence and the action that answers it."""
    text = scene.framework.findings[finding.kind]
    tone, dots = SEVERITY[finding.severity]
    action = text.action and scene.framework.actions.get(text.action)
    values = _values(scene, finding)
    return {
        "key": finding.key,
        "severity": {
            "tone": tone,
            "sign": dots,
            "text": severity_text(finding.severity, scene.voice),
        },
        "title": finding_title(scene, finding),
        "text": text.explanation[scene.language].format_map(values),
        "evidence": evidence_lines(scene, finding),
        "action": action.title[scene.language].format_map(values) if action else "",
        "to": finding.area,
        "focus": finding.focal_point or finding.question,
    }


def evidence_lines(scene: Scene, finding: Finding) -> list[str]:
    """What a finding rests on, line by line."""
    return [line for one in finding.evidence if (line := _evidence(scene, one))]


def _evidence(scene: Scene, one: Evidence) -> str:
    t = scene.voice.t
    who = scene.respondent(one.respondent) if one.respondent else ""
    party = _inline(scene, one.party) if one.party else ""
    match one.kind:
        case "nomination" if who and party and one.party != NOBODY:
            said = t("{respondent} names {party}", respondent=who, party=party)
        case "nomination" if who:
            said = t("{respondent} names nobody", respondent=who)
        case "decision":
            said = t("Decided: {party}", party=party or t("nobody"))
        case "person" if party:
            person = scene.parties.get(one.party or "")
            title = getattr(person, "title", None)
            said = f"{party}, {title}" if title else party
        case "scope" if one.focal_point:
            said = t("{focal_point} is in scope", focal_point=scene.focal(one.focal_point))
        case "answer" if one.question:
            said = t(
                "{question} {answer}",
                question=scene.question(one.question, one.focal_point),
                answer=answer_text(scene, one.question, one.value),
            )
        case _:
            said = ""
    if scene.engagement.anonymous and one.respondent:
        # A day and a note can give away who wrote them.
        return said
    extra = [scene.voice.date(one.on, "medium")] if one.on and said else []
    return " · ".join(part for part in (said, *extra, one.note or "") if part)


def answer_text(scene: Scene, question: str, value: object) -> str:
    """An option's title, a date in words, or the value as it is."""
    found = scene.asked.get(question)
    options = found[1].options if found else ()
    titles = {option.key: option.title[scene.language] for option in options}
    if value in (None, State.MISSING):
        return scene.voice.t("No answer yet")
    if value == State.UNKNOWN:
        return scene.voice.t("Don’t know")
    if found and found[1].kind == "date":
        return scene.voice.date(dt.date.fromisoformat(str(value)), "medium")
    return titles.get(str(value), str(value))


def action_who(scene: Scene, action: Action) -> str:
    """Who is to do it: by name, else the role that is asked."""
    if action.who:
        return scene.party(action.who)
    return asked(scene.framework.actions[action.kind].who, scene.voice)


def action_title(scene: Scene, action: Action) -> str:
    """What to do, in a line."""
    text = scene.framework.actions.get(action.kind)
    return text.title[scene.language].format_map(_values(scene, action)) if text else action.kind
