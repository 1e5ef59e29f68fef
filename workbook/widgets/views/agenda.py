"""The agenda: what to talk about, in which order, why, with whom, for how long."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from workbook.i18n import Voice
from workbook.model.engagement import RESERVED, Confidence
from workbook.model.evaluation import Finding
from workbook.model.framework import Severity
from workbook.widgets.views.scene import Scene, View
from workbook.widgets.views.side import open_subjects
from workbook.wording.actions import action_title
from workbook.wording.findings import finding_title
from workbook.wording.states import SEVERITY, severity_text

ORDER = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)
MINUTES = {Severity.CRITICAL: 10, Severity.HIGH: 6, Severity.MEDIUM: 4, Severity.LOW: 2}
SESSION = 90
"""Minutes that a guided session takes at most, where nobody has said how long the room has."""
PEOPLE = 5
UNSURE = {Confidence.GUESS: 2, Confidence.FAIRLY: 1, Confidence.CERTAIN: 0}


@dataclass
class AgendaTopic:
    """One thing to talk about: everything found of one focal point or question.

    `later`: it was put off. `silent`: nobody has said anything about it.
    """

    area: str | None
    focal_point: str | None
    question: str | None
    findings: list[Finding] = field(default_factory=list)
    later: bool = False
    silent: bool = False
    gain: float = 0.0
    unsure: int = 0

    @property
    def severity(self) -> Severity:
        """The worst of its findings."""
        return min((f.severity for f in self.findings), key=ORDER.index, default=Severity.LOW)


Key = tuple[str | None, str | None, str | None]


def topics(scene: Scene) -> list[AgendaTopic]:
    """Topics in order: the worst first, then what was put off, what gains most, what is unsure."""
    entries: dict[Key, AgendaTopic] = {}

    def topic(area: str | None, focal_point: str | None, question: str | None) -> AgendaTopic:
        # A person's finding belongs to its focal point, everything else to its question or area.
        key = (
            (area, focal_point, None)
            if focal_point and not question
            else (area, focal_point, question)
        )
        return entries.setdefault(key, AgendaTopic(area, focal_point, question))

    for finding in scene.findings:
        topic(finding.area, finding.focal_point, finding.question).findings.append(finding)
    for area in scene.rules.areas:
        for subject in open_subjects(scene, area):
            topic(area.key, subject.key, None).silent = True
    for decision in scene.decisions.values():
        if decision.discuss_later and decision.focal_point in scene.places:
            topic(
                scene.places[decision.focal_point][0].key, decision.focal_point, None
            ).later = True
    withdrawn = scene.engagement.withdrawn()
    for answer in scene.engagement.answers:
        if answer.respondent in withdrawn:
            continue
        if answer.discuss_later and answer.question in scene.questions:
            topic(
                scene.questions[answer.question][0].key, answer.subject, answer.question
            ).later = True
    _gains(scene, entries)
    _doubts(scene, entries)
    return sorted(
        entries.values(),
        key=lambda t: (
            ORDER.index(t.severity),
            not t.later,
            -round(t.gain, 6),
            -t.unsure,
            str((t.area, t.focal_point, t.question)),
        ),
    )


def _gains(scene: Scene, topics: dict[Key, AgendaTopic]) -> None:
    for action in scene.disclosure.actions:
        of = topics.get((action.area, action.focal_point, action.question)) or topics.get(
            (action.area, action.focal_point, None)
        )
        if of:
            of.gain = max(of.gain, action.gain_low)


def _doubts(scene: Scene, topics: dict[Key, AgendaTopic]) -> None:
    doubts: dict[str, int] = defaultdict(int)
    for nomination in scene.engagement.standing_nominations():
        if nomination.confidence:
            doubts[nomination.focal_point] += UNSURE[nomination.confidence]
    for topic in topics.values():
        topic.unsure = doubts[topic.focal_point or ""]


def agenda_page(scene: Scene) -> View:
    """The agenda as rows to print, with the time that it takes."""
    v, timetable = scene.voice, scene.engagement.timetable
    session = timetable.minutes if timetable else SESSION
    rows, spent, fitting = [], 0, 0
    for number, topic in enumerate(topics(scene), 1):
        rows.append(_row(scene, number, topic, spent))
        spent += MINUTES[topic.severity]
        fitting += spent <= session
    return {
        "title": v.t("Agenda: {organisation}", organisation=scene.engagement.organisation.name),
        "lead": agenda_lead(v, len(rows), spent, fitting, session),
        "rows": rows,
        "empty": v.t("Nothing is left to talk about: every subject has its owner."),
    }


def agenda_lead(v: Voice, count: int, spent: int, fitting: int, session: int) -> str:
    """How long so many subjects take, and how many of them fit in the minutes that there are."""
    if spent > session:
        return v.t(
            "{count} subjects, about {minutes} minutes. "
            "The first {fitting} fit in {session} minutes.",
            count=v.number(count),
            minutes=v.number(spent),
            fitting=v.number(fitting),
            session=v.number(session),
        )
    return v.n(
        "One subject, about {minutes} minutes.",
        "{count} subjects, about {minutes} minutes.",
        count,
        minutes=v.number(spent),
    )


def _row(scene: Scene, number: int, topic: AgendaTopic, spent: int) -> View:
    v = scene.voice
    tone, sign = SEVERITY[topic.severity]
    reasons = list(dict.fromkeys(finding_title(scene, f) for f in topic.findings))
    if topic.later:
        reasons.append(v.t("Put off until later in the session"))
    if topic.silent:
        reasons.append(v.t("Nobody has said who owns it"))
    return {
        "key": "/".join(part or "-" for part in (topic.area, topic.focal_point, topic.question)),
        "number": number,
        "title": topic_title(scene, topic),
        "severity": {"tone": tone, "sign": sign, "text": severity_text(topic.severity, v)},
        "reasons": reasons,
        "with": _people(scene, topic),
        "goal": _goal(scene, topic),
        "minutes": v.t("{minutes} min", minutes=MINUTES[topic.severity]),
        "at": v.t("after {minutes} min", minutes=spent) if spent else v.t("at the start"),
        "to": topic.area,
        "focus": topic.question or topic.focal_point,
    }


def topic_title(scene: Scene, topic: AgendaTopic) -> str:
    """The focal point, the question, the area, or the whole programme."""
    if topic.question:
        return scene.question(topic.question, topic.focal_point)
    if topic.focal_point:
        return scene.focal(topic.focal_point)
    if topic.area:
        return scene.area(topic.area)
    return scene.voice.t("The whole programme")


def _people(scene: Scene, topic: AgendaTopic) -> str:
    """Who should be in the room: those named, and the decided owner."""
    named = [party for f in topic.findings for party in f.parties]
    decision = scene.decisions.get(topic.focal_point or "")
    if decision and decision.owner:
        named.insert(0, decision.owner)
    known = [p for p in dict.fromkeys(named) if p in scene.parties and p not in RESERVED]
    if len(known) > PEOPLE:
        more = scene.voice.n("one more person", "{count} more people", len(known) - PEOPLE)
        return scene.voice.listing([*map(scene.party, known[:PEOPLE]), more])
    return scene.voice.listing(map(scene.party, known)) if known else ""


def _goal(scene: Scene, topic: AgendaTopic) -> str:
    for action in scene.disclosure.actions:
        same = (action.area, action.focal_point) == (topic.area, topic.focal_point)
        if same and (topic.question is None or action.question == topic.question):
            return action_title(scene, action)
    return ""
