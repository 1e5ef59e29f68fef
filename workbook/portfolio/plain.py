"""The portfolio as plain text: its conclusion and rankings, the same between runs."""

from __future__ import annotations

from workbook.i18n import Voice, voice
from workbook.portfolio.value import Comparison, PortfolioReport, RankedEngagement
from workbook.wording.figures import level_text, score_text


def plain(report: PortfolioReport) -> str:
    """For terminals, logs and comparison."""
    v = voice(report.lang)
    lines = [f"{report.title} · {report.when}", "", report.headline, report.summary]
    for part in report.comparisons:
        lines += ["", f"{part.title} ({part.count})", part.verdict, *_entries(part, v)]
    for refused in report.refused:
        lines += ["", f"{refused.place}: {'; '.join(problem for problem, _ in refused.problems)}"]
    return "\n".join(lines).rstrip()


def _entries(part: Comparison, v: Voice) -> list[str]:
    return [_entry(entry, part, v) for ranking in part.rankings for entry in ranking.entries]


def _entry(entry: RankedEngagement, part: Comparison, v: Voice) -> str:
    score = score_text(entry.score, v)
    level = f" · {level_text(part.framework, entry.level, v)}" if entry.level else ""
    rank = "" if entry.rank == "–" else f"{entry.rank}. "
    return f"{rank}{entry.who.name}: {score}{level}"
