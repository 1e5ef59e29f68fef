"""The portfolio as plain text: its conclusion and rankings, the same between runs."""

from __future__ import annotations

from workbook.i18n import Voice, voice
from workbook.portfolio.value import Comparison, Entry, PortfolioReport
from workbook.wording.figures import level_text, score_text


def plain(report: PortfolioReport) -> str:
    """For terminals, logs and comparison."""
    v = voice(report.lang)
    lines = [f"{report.title} · {report.when}", "", report.headline, report.summary]
    for one in report.comparisons:
        lines += ["", f"{one.title} ({one.count})", one.verdict, *_entries(one, v)]
    for refused in report.refused:
        lines += ["", f"{refused.place}: {'; '.join(what for what, _ in refused.problems)}"]
    return "\n".join(lines).rstrip()


def _entries(one: Comparison, v: Voice) -> list[str]:
    return [_entry(entry, one, v) for ranking in one.rankings for entry in ranking.entries]


def _entry(entry: Entry, one: Comparison, v: Voice) -> str:
    score = score_text(entry.score, v)
    level = f" · {level_text(one.framework, entry.level, v)}" if entry.level else ""
    return f"{entry.rank}. {entry.who.name}: {score}{level}"
