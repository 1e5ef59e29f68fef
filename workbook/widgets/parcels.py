"""Files that people take along: the report, the map, the minutes, the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from workbook.content import dump_engagement
from workbook.fragments.leaflet import leaflet_html, leaflet_markdown
from workbook.report import build, page
from workbook.widgets.pages.minutes import minutes

if TYPE_CHECKING:
    from workbook.model.evaluation import Evaluation
    from workbook.widgets.moment import Moment
    from workbook.workspace import Session

ParcelKind = Literal["report", "map", "minutes", "minutes_text", "document"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file for the browser to save."""

    name: str
    media: str
    text: str


def parcel(
    kind: ParcelKind, language: str, session: Session, evaluation: Evaluation, moment: Moment
) -> Parcel:
    """A file of what is recorded; a trial leaves no trace in it."""
    if kind == "document":
        return Parcel(
            f"{session.key}.yaml", "application/yaml", dump_engagement(session.engagement)
        )
    if kind == "minutes_text":
        text = leaflet_markdown(minutes(moment))
        return Parcel(f"{session.key}-minutes.{language}.md", "text/markdown", text)
    if kind == "minutes":
        text = leaflet_html(minutes(moment))
    else:
        sections = ("map",) if kind == "map" else ()
        engagement = session.engagement
        text = page(build(session.rules, engagement, evaluation, language, sections))
    return Parcel(f"{session.key}-{kind}.{language}.html", "text/html", text)
