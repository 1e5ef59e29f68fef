"""What the report notebook shows: one object with one bundle, in Lab and headless alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook import resources
from workbook.dates import day
from workbook.errors import BadInput
from workbook.fragments.leaflet import Leaflet, leaflet_body, leaflet_markdown
from workbook.fragments.shell import Bundle, bundle
from workbook.i18n import voice
from workbook.report.dressing import in_brand
from workbook.report.earlier import earlier
from workbook.report.html import html
from workbook.report.nameless import without_names
from workbook.report.plain import plain
from workbook.report.provenance import provenance_of
from workbook.report.readers import NAMED_NAMELESS, read_by
from workbook.report.source import ReportSource, find
from workbook.report.value import TEAM, Report

if TYPE_CHECKING:
    from workbook.model.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class ReportView:
    """A document as a notebook shows it: HTML for readers, plain text that compares stably."""

    report: Report | Leaflet
    theme: str = "auto"

    def __repr__(self) -> str:
        shown = self.report
        return leaflet_markdown(shown) if isinstance(shown, Leaflet) else plain(shown)

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        shown = self.report
        if isinstance(shown, Leaflet):
            body, language = leaflet_body(shown), shown.language
        else:
            body, language = html(shown), shown.lang
        return bundle(
            body,
            repr(self),
            title=shown.title,
            language=language,
            theme=self.theme,
            provenance=shown.provenance,
        )


def show(  # noqa: PLR0913 - the parameters of the notebook
    engagement: str = "",
    *,
    lang: str = "",
    as_of: str = "",
    theme: str = "auto",
    sections: list[str] | None = None,
    names: bool = True,
    reader: str = TEAM,
    brand: str = "",
    person: str = "",
    since: str = "",
) -> ReportView:
    """The report of an engagement as of a day (ISO), in its own language unless `lang` is given.

    Without a day: `WORKBOOK_AS_OF`, else today. `reader` is who it is for; `person` an owner
    whose sheet alone is wanted. `brand` is the file of a
    brand; else `WORKBOOK_BRAND`, else `brand.yaml` beside the document or in the workspace. `since`
    is what to compare with: a baseline, an earlier document, or a folder of them. Raises BadInput
    for an engagement, a language, a section, a reader, a brand or a document that is wrong.
    """
    report = report_on(
        engagement,
        find(engagement),
        day(as_of),
        lang=lang,
        sections=sections,
        names=names,
        reader=reader,
        brand=brand,
        person=person,
        since=since,
    )
    return ReportView(report, theme)


def report_on(  # noqa: PLR0913 - the parameters of the notebook
    name: str,
    source: ReportSource,
    today: dt.date,
    evaluation: Evaluation | None = None,
    *,
    lang: str = "",
    sections: Sequence[str] | None = None,
    names: bool = True,
    reader: str = TEAM,
    brand: str = "",
    person: str = "",
    since: str = "",
) -> Report | Leaflet:
    """The document for a reader on an engagement found by a name, as `show` takes its wishes.

    `evaluation` is that of the engagement with names, where it is known.
    """
    from workbook.scoring import evaluate
    from workbook.scoring.follow_through import follow_through

    if person and not names:
        raise BadInput(NAMED_NAMELESS)
    document, framework = source.engagement, source.rules
    spoken = lang or document.language
    then = earlier(document, name, since, today) if since else None
    if not names:
        document = without_names(document, voice(spoken))
        then = (without_names(then[0], voice(spoken)), then[1]) if then else None
    if evaluation is None or not names:
        evaluation = evaluate(framework, document, today)
    done = follow_through(framework, *then, document, evaluation) if then else None
    chosen = tuple(sections or ())
    shown = read_by(
        reader, framework, document, evaluation, spoken, chosen, person=person, since=done
    )
    origin = provenance_of(framework, document, evaluation, spoken, source.head)
    shown = replace(shown, provenance=str(origin))
    if isinstance(shown, Report):
        shown = replace(shown, changed=source.changed)
    near = Path(name).parent if Path(name).is_file() else resources.home(None)
    return in_brand(shown, near, brand)
