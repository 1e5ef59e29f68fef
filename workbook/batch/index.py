"""index.html: the batch for people, in pages that ask for nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

import workbook
from workbook.fragments.chips import chip
from workbook.fragments.markup import join, tag
from workbook.fragments.page import KeyFigure, colophon, key_figures, masthead
from workbook.fragments.shell import article, document
from workbook.fragments.table import TableColumn, table
from workbook.i18n import ENGLISH, Voice, speaks, voice
from workbook.wording.fields import field_names
from workbook.wording.headings import headings
from workbook.wording.sentences import sentence, translated
from workbook.wording.states import Tone

if TYPE_CHECKING:
    from markupsafe import Markup

    from workbook.batch.batch import Batch
    from workbook.batch.inputs import RefusedInput
    from workbook.batch.planning import PlannedReport

ROWS = 500
"""Reports on one page."""
TROUBLE = 500
"""Failures and refusals that the first page lists; summary.json has all of them."""
_PAGE = re.compile(r"index-\d+\.html")


def write_index(batch: Batch) -> None:
    """Write `index.html`, `index-2.html` … into the outlet; pages of a longer batch before go."""
    outlet, v = batch.order.outlet, voice(language(batch))
    items = batch.plan.items
    pages = [items[start : start + ROWS] for start in range(0, len(items), ROWS)] or [[]]
    for number, shown in enumerate(pages, 1):
        text = page(batch, shown, number, len(pages), v)
        outlet.write(_file(number), text.encode(errors="backslashreplace"), batch.run)
    written = {_file(number) for number in range(1, len(pages) + 1)}
    for name in outlet.names(""):
        if _PAGE.fullmatch(name) and name not in written:
            outlet.remove(name)


def language(batch: Batch) -> str:
    """The language that was asked for, else that of most reports."""
    if speaks(batch.order.lang):
        return batch.order.lang
    spoken = Counter(item.lang for item in batch.plan.items if item.lang)
    return spoken.most_common(1)[0][0] if spoken else ENGLISH


def page(batch: Batch, items: Sequence[PlannedReport], number: int, pages: int, v: Voice) -> str:
    """One page of the index: the first has the figures and what went wrong."""
    title = v.t("Reports of this batch")
    first = (_figures(batch, v), _failures(batch, v), _refusals(batch, v))
    body = article(
        title,
        v.language,
        masthead(headings(v)["workbook"], v.date(batch.order.as_of)),
        tag("h1", title, style="margin: 40px 0 20px"),
        first if number == 1 else None,
        _reports(batch, items, v),
        _turning(number, pages, v),
        colophon(
            v.t("For machines: {file}", file="summary.json"),
            f"{headings(v)['workbook']} {workbook.__version__}",
        ),
    )
    return document(title, v.language, body)


def _figures(batch: Batch, v: Voice) -> Markup:
    counts = batch.counts()
    labels: dict[str, tuple[str, Tone | None]] = {
        "made": (v.t("made now"), "ready"),
        "unchanged": (v.t("unchanged since last time"), None),
        "failed": (v.t("failed"), "not"),
        "refused": (v.t("inputs refused"), "not"),
        "dropped": (v.t("not made, the batch was stopped"), "risk"),
    }
    return key_figures(
        KeyFigure(v.number(counts[status]), label, tone=tone if counts[status] else None)
        for status, (label, tone) in labels.items()
        if counts[status] or status == "made"
    )


def _failures(batch: Batch, v: Voice) -> Markup | None:
    failed = [item for item in batch.plan.items if batch.status(item) == "failed"]
    rows = []
    for item in failed[:TROUBLE]:
        entry = batch.ledger.entry(item.name)
        partial = _link(entry.partial, v.t("Partial notebook")) if entry and entry.partial else "–"
        rows.append((item.name, item.place, sentence(entry.reason, v) if entry else "–", partial))
    columns = (
        TableColumn(headings(v)["report"], width=26),
        TableColumn(headings(v)["input"], width=26),
        TableColumn(field_names(v)["reason"], width=32),
        TableColumn(v.t("How far it came"), width=16),
    )
    return _part(v.t("Failed"), columns, rows, len(failed), v)


def _refusals(batch: Batch, v: Voice) -> Markup | None:
    refused = batch.plan.refused
    rows = [(source.place, _problems(source, v)) for source in refused[:TROUBLE]]
    columns = (
        TableColumn(headings(v)["input"], width=34),
        TableColumn(headings(v)["fix"], width=66),
    )
    return _part(v.t("Refused"), columns, rows, len(refused), v)


def _problems(refused: RefusedInput, v: Voice) -> Markup:
    """Every problem of an input with its fix; its own place is not repeated."""
    problems = [
        tag("li", tag("b", f"{path}: ") if path else None, problem.message, _fix(problem.fix))
        for problem in (translated(problem, v) for problem in refused.problems)
        for path in (problem.place.removeprefix(refused.place).lstrip(": "),)
    ]
    return tag("ul", problems)


def _fix(fix: str) -> Markup | None:
    return tag("span", f" → {fix}", class_="note") if fix else None


def _part(
    title: str,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[object]],
    count: int,
    v: Voice,
) -> Markup | None:
    if not count:
        return None
    more = v.t(
        "The first {shown} of {count}; summary.json has them all.",
        shown=v.number(TROUBLE),
        count=v.number(count),
    )
    note = tag("p", more, class_="note") if count > TROUBLE else None
    drawn = table(columns, rows, caption=title, seen=False)
    return tag("section", tag("h2", title), drawn, note, class_="part")


def _reports(batch: Batch, items: Sequence[PlannedReport], v: Voice) -> Markup | None:
    states = _states(v)
    rows = [_report(batch, item, states, v) for item in items]
    if not rows:
        return None
    columns = (
        TableColumn(headings(v)["organisation"], width=44),
        TableColumn(headings(v)["language"], width=16),
        TableColumn(field_names(v)["state"], width=18),
        TableColumn(v.t("Files"), width=22),
    )
    title = v.t("Reports")
    drawn = table(columns, rows, caption=title, seen=False)
    return tag("section", tag("h2", title), drawn, class_="part")


def _report(
    batch: Batch, item: PlannedReport, states: Mapping[str, Markup], v: Voice
) -> tuple[object, ...]:
    entry = batch.ledger.entry(item.name)
    status = batch.status(item)
    files: Markup | str = "–"
    if entry and status in {"made", "unchanged"}:
        links = [
            _link(entry.outputs[form].file, form.upper())
            for form in batch.order.formats
            if form in entry.outputs
        ]
        files = join(links, " · ")
    own = tag("span", item.name, class_="note") if item.title != item.name else None
    name = tag("div", item.title, " ", own)
    return name, v.name_of(item.lang) if item.lang else "–", states[status], files


def _states(v: Voice) -> Mapping[str, Markup]:
    return {
        "made": chip(v.t("Made"), "ready", "✓"),
        "unchanged": chip(v.t("Unchanged"), "unknown", "–"),
        "failed": chip(v.t("Failed"), "not", "×"),
        "dropped": chip(v.t("Not made"), "risk", "?"),
    }


def _turning(number: int, pages: int, v: Voice) -> Markup | None:
    if pages == 1:
        return None
    links = [
        tag("b", str(other)) if other == number else _link(_file(other), str(other))
        for other in range(1, pages + 1)
    ]
    return tag("nav", v.t("Page"), " ", join(links, " "), aria_label=v.t("Pages"))


def _link(file: str, text: str) -> Markup:
    return tag("a", text, href=quote(file))


def _file(number: int) -> str:
    return "index.html" if number == 1 else f"index-{number}.html"
