"""The side panel: the live score with its range, what changed, what helps, what is missing."""

from __future__ import annotations

from workbook.i18n import Voice
from workbook.model.engagement import State
from workbook.model.evaluation import (
    AreaScore,
    CriterionScore,
    Evaluation,
    GateState,
    LevelSpan,
    Score,
    Urgency,
)
from workbook.model.framework import Area, FocalPoint
from workbook.widgets.views.questions import is_open
from workbook.widgets.views.scene import Scene, View
from workbook.wording.actions import action_title
from workbook.wording.figures import (
    between,
    bounds,
    gain_text,
    point_change,
    point_text,
    range_note,
    shown_point,
    spoken,
    visible,
)
from workbook.wording.findings import finding_title
from workbook.wording.gates import gate_sentence
from workbook.wording.headings import headings
from workbook.wording.names import labelled
from workbook.wording.standing import level_word
from workbook.wording.states import GATE, gate_text

HELPS = 3
CHANGES = 4
MISSING = 6


def side_view(scene: Scene, area: Area | None) -> View:
    """The side of an area's page, or of the whole engagement."""
    overall = block(
        scene, "overall", scene.voice.t("Overall"), scene.evaluation.score, scene.evaluation.level
    )
    scored = scene.scores.get(area.key) if area else None
    areas = scene.rules.areas if area is None else (area,)
    open_ = [gap for each in areas for gap in missing(scene, each)]
    common = {
        "changes": changes(scene),
        "missing_title": scene.voice.n(
            "One thing is missing", "{count} things are missing", len(open_)
        ),
        "missing": _first(scene, open_),
    }
    if area is None or scored is None:
        shown = {"block": overall, "overall": None, "criteria": _areas(scene)}
        return {**common, **shown, "helps": helps(scene, None)}
    return {
        **common,
        "block": block(scene, area.key, scene.say(area.title), scored.score, scored.level),
        "overall": overall,
        "criteria": [_criterion(scene, scored, part) for part in scored.criteria],
        "helps": helps(scene, area.key),
    }


def block(scene: Scene, key: str, title: str, score: Score, level: LevelSpan | None) -> View:
    """A score with range, level, and the gates that hold it down."""
    gates = [] if key != "overall" else _gates(scene)
    return {
        "key": key,
        "title": title,
        "score": score_view(scene, score, title),
        "level": level and level_word(scene.rules, level, score, scene.voice)._asdict(),
        "gates": gates,
    }


def score_view(scene: Scene, score: Score, title: str) -> View:
    """Numbers for the bar and texts for the reader; low rounded down, high up."""
    v = scene.voice
    return {
        "title": title,
        "low": score.low,
        "high": score.high,
        "point": shown_point(score),
        "text": point_text(score, v),
        "range": range_note(score, v),
        "label": _read_aloud(title, score, v),
    }


def compared(scene: Scene, after: Score) -> View:
    """The score today, and what would become of it."""
    t = scene.voice.t
    return {
        "before": score_view(scene, scene.evaluation.score, headings(scene.voice)["today"]),
        "after": score_view(scene, after, t("After")),
    }


def _gates(scene: Scene) -> list[View]:
    held = [gate for gate in scene.evaluation.gates if gate.state is GateState.TRIPPED]
    return [
        {
            "key": gate.gate,
            "tone": GATE[gate.state][0],
            "sign": GATE[gate.state][1],
            "text": scene.labelled(gate_text(gate.state, scene.voice), gate_sentence(scene, gate)),
        }
        for gate in held
    ]


def _criterion(scene: Scene, area: AreaScore, part: CriterionScore) -> View:
    key = f"{area.area}/{part.criterion}"
    return _bar(scene, key, scene.criterion(part.criterion), part.score)


def _bar(scene: Scene, key: str, title: str, score: Score) -> View:
    return {
        "key": key,
        "title": title,
        "text": point_text(score, scene.voice),
        "range": _open_range(score, scene.voice),
        "point": shown_point(score),
        "low": score.low or 0,
        "high": score.high or 0,
        "label": _read_aloud(title, score, scene.voice),
    }


def _read_aloud(title: str, score: Score, voice: Voice) -> str:
    text = spoken(score, voice)
    return labelled(title, text[:1].lower() + text[1:], voice)


def _open_range(score: Score, voice: Voice) -> str:
    """The bounds beside a point that open answers may still move; a bare range says them itself."""
    if shown_point(score) is None or score.low == score.high:
        return ""
    return between(*bounds(score, voice), voice)


def _areas(scene: Scene) -> list[View]:
    return [_bar(scene, a.area, scene.area(a.area), a.score) for a in scene.evaluation.areas]


def changes(scene: Scene) -> list[View]:
    """What the last change did: points won or lost, range narrowed, findings come and gone."""
    before, now = scene.before, scene.evaluation
    if before is None:
        return []
    v = scene.voice
    lines: list[View] = []
    old, new = before.score, now.score
    gain = point_change(old, new)
    # A mean rises when its weakest part goes: to lose an owner is no gain for all that.
    if gain is not None and (gain < 0 or not scene.lost):
        text = v.t("Overall {gain} points", gain=gain_text(gain, v))
        lines.append(
            _line("point", "ready" if gain > 0 else "risk", "▲" if gain > 0 else "▼", text)
        )
    narrower = _width(old) - _width(new)
    if visible(narrower) and narrower > 0:
        text = v.t("The range is {points} points narrower", points=v.number(narrower, 1))
        lines.append(_line("range", "nearly", "↔", text))
    elif visible(narrower):
        text = v.t("The range is {points} points wider", points=v.number(-narrower, 1))
        lines.append(_line("range", "risk", "↔", text))
    if before.findings is not now.findings:
        lines += _come_and_gone(scene, before)
    order = {"▲": 0, "▼": 0, "↔": 1, "✓": 2, "!": 3}
    return sorted(lines, key=lambda line: (order[line["sign"]], line["text"]))[:CHANGES]


def _come_and_gone(scene: Scene, before: Evaluation) -> list[View]:
    v = scene.voice
    was = {f.key: f for f in before.findings if scene.disclosure.shows(f)}
    is_now = {f.key: f for f in scene.findings}
    return [
        _line(key, "ready", "✓", v.t("Settled: {finding}", finding=finding_title(scene, was[key])))
        for key in was.keys() - is_now.keys()
    ] + [
        _line(key, "risk", "!", v.t("New: {finding}", finding=finding_title(scene, is_now[key])))
        for key in is_now.keys() - was.keys()
    ]


def _width(score: Score) -> float:
    return (score.high or 0) - (score.low or 0)


def _line(key: str, tone: str, sign: str, text: str) -> View:
    return {"key": key, "tone": tone, "sign": sign, "text": text}


def helps(scene: Scene, area: str | None, count: int = HELPS) -> list[View]:
    """The first actions, in this area if one is given, in the order of every report.

    The very same as before while the actions are, and all that their words tell of.
    """
    e, advice = scene.engagement, scene.evaluation.advice
    parties = (e.organisation, e.people, e.teams, e.externals)
    parts = (scene.rules, scene.voice, advice.findings, advice.actions, *parties, e.nominations)
    return scene.cache.helps.get(parts, lambda: _helps(scene, area, count), (area, count))


def _helps(scene: Scene, area: str | None, count: int) -> list[View]:
    here = (a for a in scene.disclosure.actions if area in (None, a.area))
    # What lifts a gate or saves a date comes first, even where it adds no point.
    best = [a for a in here if a.urgency is not Urgency.GAIN or a.gain_low > 0][:count]
    return [
        {
            "key": action.key,
            "gain": gain_text(action.gain_low, scene.voice),
            "text": action_title(scene, action),
            "to": action.area,
            "focus": action.focal_point or action.question,
        }
        for action in best
    ]


def open_subjects(scene: Scene, area: Area) -> list[FocalPoint]:
    """An area's focal points of which nobody has said anything, not even "don't know"."""
    decisions = scene.decisions
    return [
        f
        for f in scene.focal_points(area)
        if (panel := scene.panels.get(f.key)) is not None
        and not panel.cells
        and (f.key not in decisions or decisions[f.key].state != State.UNKNOWN)
    ]


def missing(scene: Scene, area: Area) -> list[tuple[str, str]]:
    """(title, what to focus) of everything in an area that nobody answered, in its order."""
    lines = [(scene.say(f.title), f.key) for f in open_subjects(scene, area)]
    agreed = {(a.question, a.subject): a for a in scene.engagement.answers if a.respondent is None}
    for inquiry in scene.inquiries:
        if inquiry.area.key != area.key or not is_open(inquiry, agreed) or inquiry.ruled_out:
            continue
        answer = agreed.get((inquiry.question.key, inquiry.instance))
        if not inquiry.cells and (answer is None or answer.state == State.ANSWERED):
            key = (
                f"{inquiry.question.key}/{inquiry.instance}"
                if inquiry.instance
                else inquiry.question.key
            )
            lines.append((scene.question(inquiry.question.key, inquiry.instance), key))
    return lines


def _first(scene: Scene, open_: list[tuple[str, str]]) -> list[View]:
    lines: list[View] = [
        {
            "key": key,
            "text": title,
            "to": (scene.places.get(key) or scene.questions[key.split("/")[0]])[0].key,
            "focus": key,
            "tone": "unknown",
        }
        for title, key in open_[:MISSING]
    ]
    if len(open_) > MISSING:
        more = scene.voice.n("and one more", "and {count} more", len(open_) - MISSING)
        lines.append({"key": "more", "text": more, "to": None, "tone": "unknown"})
    return lines
