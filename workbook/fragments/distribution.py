"""Many engagements at a glance: histogram, ranks with their uncertainty, small trends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.fragments.axis import Scale
from workbook.fragments.markup import join, tag
from workbook.fragments.svg import WIDTH, chart, figure, label, strip, text, text_width
from workbook.i18n import Voice
from workbook.wording.figures import between, rank_text
from workbook.wording.names import labelled

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Bin:
    """How many scores lie from `start` (included) to `end`."""

    start: float
    end: float
    count: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """An engagement's rank with the interval that it keeps under other weights (1 is best)."""

    label: str
    rank: float
    low: float
    high: float
    mark: bool = False


def histogram(
    title: str,
    bins: Sequence[Bin],
    voice: Voice,
    *,
    mark: tuple[str, float] | None = None,
    name: str = "histogram",
) -> Markup:
    """Counts of scores per bin; `mark` names one score under the axis (an engagement, a median)."""
    top, bottom = 26.0, 166.0
    scale = Scale(18, WIDTH - 18, min(b.start for b in bins), max(b.end for b in bins))
    most = max((b.count for b in bins), default=0) or 1
    shapes = [_column(bin_, scale, top, bottom, most, voice) for bin_ in bins]
    shapes.append(tag("line", x1=scale.left, x2=scale.right, y1=bottom, y2=bottom, class_="axis"))
    edges = sorted({b.start for b in bins} | {b.end for b in bins})
    shapes += [text(scale.x(e), bottom + 16, voice.number(e), "soft tiny", "middle") for e in edges]
    words = [labelled(_edges(b, voice), voice.number(b.count), voice) for b in bins]
    if mark is not None:
        words.append(f"{mark[0]} {voice.number(mark[1])}")
        shapes.append(_pointer(words[-1], scale.x(mark[1]), bottom + 22))
    height = bottom + (40 if mark else 22)
    return figure(title, chart(name, title, ". ".join(words), height, *shapes))


def _edges(bin_: Bin, voice: Voice) -> str:
    return between(voice.number(bin_.start), voice.number(bin_.end), voice)


def rank_intervals(
    title: str, rows: Sequence[Ranked], voice: Voice, *, name: str = "ranks"
) -> Markup:
    """One dot with its whisker per engagement, best first; overlapping whiskers mean no order."""
    top, row = 20.0, 28.0
    bottom = top + row * len(rows) + 4
    worst = max(2.0, *(row.high for row in rows))
    scale = Scale(218, WIDTH - 96, 1, worst)
    step = max(1, round(worst / 8))
    ticks = [1.0, *(float(t) for t in range(step, int(worst) + 1, step) if t > 1)]
    shapes = [scale.ticks(ticks, voice, 10, bottom)]
    shapes += [_whisker(ranked, scale, top + row * i, voice) for i, ranked in enumerate(rows)]
    words = ". ".join(
        labelled(ranked.label, rank_text(ranked.rank, ranked.low, ranked.high, voice), voice)
        for ranked in rows
    )
    return figure(title, chart(name, title, words, bottom, *shapes))


def sparkline(title: str, values: Sequence[float], *, low: float = 0, high: float = 100) -> Markup:
    """A trend as small as a word; `title` says it in words (“54, 58, then 65”)."""
    if not values:
        return strip("spark", title)
    wide, tall, pad = 96.0, 24.0, 3.0
    step = (wide - 2 * pad) / max(len(values) - 1, 1)
    points = [
        (pad + i * step, tall - pad - (v - low) / (high - low) * (tall - 2 * pad))
        for i, v in enumerate(values)
    ]
    x, y = points[-1]
    drawn = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
    return strip(
        "spark",
        title,
        tag("line", x1=pad, x2=wide - pad, y1=tall - 0.5, y2=tall - 0.5, class_="grid"),
        tag("polyline", points=drawn),
        tag("circle", cx=x, cy=y, r=2.5, class_="fill"),
    )


def _column(bin_: Bin, scale: Scale, top: float, bottom: float, most: int, voice: Voice) -> Markup:
    x, end = scale.x(bin_.start), scale.x(bin_.end)
    height = (bottom - top) * bin_.count / most
    column = tag(
        "rect", x=x + 1.5, y=bottom - height, width=end - x - 3, height=height, class_="soft-fill"
    )
    if not bin_.count:
        return column
    count = text((x + end) / 2, bottom - height - 5, voice.number(bin_.count), "strong", "middle")
    return join((column, count))


def _pointer(words: str, x: float, y: float) -> Markup:
    before = x + 12 + text_width(words) > WIDTH
    at, anchor = (x - 11, "end") if before else (x + 11, "")
    arrow = tag("path", d=f"M{x:.1f} {y:.1f}l6 10h-12z", class_="ink-fill")
    return join((arrow, text(at, y + 10, words, "strong", anchor)))


def _whisker(ranked: Ranked, scale: Scale, y: float, voice: Voice) -> Markup:
    middle, low, high = y + 14, scale.x(ranked.low), scale.x(ranked.high)
    line = f"M{low:.1f} {middle - 4:.1f}v8m0 -4H{high:.1f}m0 -4v8"
    kind = "strong" if ranked.mark else ""
    return join(
        (
            label(ranked.label, scale.left - 14, middle, kind),
            tag("path", d=line, class_="whisker"),
            tag("circle", cx=scale.x(ranked.rank), cy=middle, r=5, class_="fill"),
            text(
                high + 10,
                y + 18,
                rank_text(ranked.rank, ranked.low, ranked.high, voice),
                f"tiny {kind or 'soft'}",
            ),
        )
    )
