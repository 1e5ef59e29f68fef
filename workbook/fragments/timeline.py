"""The timeline: back-office dates against go-live, checkpoints and their gaps, as one SVG.

Each system has a row of its own, so that no label meets another; what is late stands beyond the
line of go-live with a sign of its own, what has no date says so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.axis import Axis, placed
from workbook.fragments.markup import join, tag
from workbook.fragments.svg import WIDTH, chart, figure, hatched, label, plate, text, text_width
from workbook.i18n import Voice
from workbook.wording.fields import field_names
from workbook.wording.headings import headings
from workbook.wording.names import capitalised, labelled
from workbook.wording.schedule import drawn_text, gap_text, ready_text, span_text

if TYPE_CHECKING:
    from markupsafe import Markup

_LEFT, _RIGHT, _ROW = 178.0, WIDTH - 18, 28.0
_CLEAR = 4.0
"""What a label keeps from the line of go-live."""


@dataclass(frozen=True, slots=True)
class SystemDate:
    """When a system is ready; `days_late` after the day that was needed, 0 if in time.

    `key` is the same in every report.
    """

    label: str
    on: dt.date | None
    days_late: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without checkpoints that is longer than agreed."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything on the time axis. `title` is the reading; `today` is the evaluation's date.

    `calendar` says what the checkpoints are; a framework that asks for none has no row for them.
    """

    title: str
    start: dt.date | None
    today: dt.date
    go_live: dt.date
    systems: tuple[SystemDate, ...] = ()
    checkpoints: tuple[dt.date, ...] = ()
    gaps: tuple[Gap, ...] = ()
    calendar: str = ""


def timeline(line: Timeline, voice: Voice, *, name: str = "timeline") -> Markup:
    """The chart; `name` makes its ids unique within the page."""
    axis = _axis(line)
    milestones = placed(_milestones(line, axis, voice), 0, WIDTH)
    head = 16.0 * (1 + max(m.line for m in milestones)) + 6
    top = head + 24
    gap_labels = [(axis.x(_middle(gap)), gap_text(gap.start, gap.end, voice)) for gap in line.gaps]
    gaps = placed(gap_labels, _LEFT, axis.x(line.go_live) - _CLEAR)
    gap_room = 16.0 * (1 + max((g.line for g in gaps), default=-1))
    rows = top + _ROW + (_ROW + gap_room if line.calendar else 0) + 6
    bottom = rows + _ROW * len(line.systems) + 4
    shapes = (
        _verticals(line, axis, head, bottom),
        axis.ticks(voice, head + 14, bottom, apart=axis.x(line.go_live)),
        [text(m.x, 12 + 16 * m.line, m.text, "strong", "middle") for m in milestones],
        _programme(line, axis, top, voice),
        _checkpoints(line, axis, top + _ROW, voice) if line.calendar else None,
        [plate(g.x, top + 2 * _ROW + 12 + 16 * g.line, g.text, "bad tiny", "middle") for g in gaps],
        [_system(s, line, axis, rows + _ROW * i, voice) for i, s in enumerate(line.systems)],
    )
    return figure(line.title, chart(name, line.title, described(line, voice), bottom, *shapes))


def _axis(line: Timeline) -> Axis:
    dates = [line.today, line.go_live, *line.checkpoints]
    dates += [system.on for system in line.systems if system.on]
    start = line.start or min(dates)
    return Axis(min(start, *dates), max(dates), _LEFT, _RIGHT)


def _middle(gap: Gap) -> dt.date:
    return gap.start + (gap.end - gap.start) / 2


def _milestones(line: Timeline, axis: Axis, voice: Voice) -> list[tuple[float, str]]:
    named = [(line.today, headings(voice)["today"]), (line.go_live, field_names(voice)["go_live"])]
    if line.start:
        named.append((line.start, voice.t("Kick-off")))
    return [(axis.x(day), f"{words} · {voice.date(day, 'medium')}") for day, words in sorted(named)]


def _verticals(line: Timeline, axis: Axis, top: float, bottom: float) -> Markup:
    today, live = axis.x(line.today), axis.x(line.go_live)
    return join(
        (
            tag("line", x1=today, x2=today, y1=top, y2=bottom, class_="today"),
            tag("line", x1=live, x2=live, y1=top, y2=bottom, class_="axis"),
        )
    )


def _programme(line: Timeline, axis: Axis, y: float, voice: Voice) -> Markup:
    start, live = axis.x(line.start or axis.start), axis.x(line.go_live)
    today = min(max(axis.x(line.today), start), live)
    return join(
        (
            text(0, y + 18, headings(voice)["programme"], "strong"),
            tag("rect", x=start, y=y + 8, width=live - start, height=12, rx=6, class_="soft-fill"),
            tag("rect", x=start, y=y + 8, width=today - start, height=12, rx=6, class_="fill"),
        )
    )


def _checkpoints(line: Timeline, axis: Axis, y: float, voice: Voice) -> Markup:
    base = tag("line", x1=_LEFT, x2=axis.x(line.go_live), y1=y + 14, y2=y + 14, class_="grid")
    head = label(capitalised(line.calendar), _LEFT - 12, y + 14, "strong")
    ends = [(axis.x(gap.start), axis.x(gap.end)) for gap in line.gaps]
    shades = [hatched(a + 3, y + 5, max(b - a - 6, 2), 18) for a, b in ends]
    ticks = [
        tag("rect", x=axis.x(day) - 1.5, y=y + 7, width=3, height=14, rx=1.5, class_="fill")
        for day in line.checkpoints
    ]
    none = (
        plate(_LEFT + 6, y + 18, voice.t("None planned"), "bad") if not line.checkpoints else None
    )
    return join((head, base, shades, ticks, none))


def _system(system: SystemDate, line: Timeline, axis: Axis, y: float, voice: Voice) -> Markup:
    name = label(system.label, _LEFT - 12, y + 14)
    live = axis.x(line.go_live)
    base = tag("line", x1=_LEFT, x2=live, y1=y + 14, y2=y + 14, class_="grid")
    if system.on is None:
        return join((name, base, plate(_LEFT + 6, y + 18, "? " + _ready(system, voice), "bad")))
    x, late = axis.x(system.on), system.days_late > 0
    over = None
    if x > live:
        over = tag("line", x1=live, x2=x, y1=y + 14, y2=y + 14, class_="bad-line")
    shape = f"M{x:.1f} {y + 7:.1f}l7 13h-14z" if late else f"M{x:.1f} {y + 7:.1f}l7 7l-7 7l-7 -7z"
    sign = tag("path", d=shape, class_="bad-fill" if late else "fill")
    words = _ready(system, voice)
    end = x + 14 + text_width(words)
    crosses = x <= live < end and x - 14 - text_width(words) > _LEFT
    before = end > WIDTH or crosses
    at, anchor = (min(x, live) - 13, "end") if before else (x + 13, "")
    return join((name, base, over, sign, plate(at, y + 18, words, "bad" if late else "", anchor)))


def described(line: Timeline, voice: Voice) -> str:
    """What the chart shows, in sentences."""
    parts = [drawn_text(line.go_live, line.today, voice)]
    parts += [labelled(s.label, f"{_ready(s, voice)}.", voice) for s in line.systems]
    return " ".join([*parts, meetings_text(line, voice)]).rstrip()


def meetings_text(line: Timeline, voice: Voice) -> str:
    """How often people meet, and the longest pauses; empty where no meeting is dated."""
    parts = []
    if line.calendar:
        count = voice.number(len(line.checkpoints))
        parts.append(labelled(capitalised(line.calendar), f"{count}.", voice))
    parts += [
        labelled(
            gap_text(gap.start, gap.end, voice), f"{span_text(gap.start, gap.end, voice)}.", voice
        )
        for gap in line.gaps
    ]
    return " ".join(parts)


def _ready(system: SystemDate, voice: Voice) -> str:
    return ready_text(system.on, system.days_late, voice)
