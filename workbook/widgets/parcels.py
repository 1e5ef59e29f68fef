"""Files that people take along: the report, the map, the minutes, the document."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook.content import dump_engagement
from workbook.fragments.leaflet import leaflet_html, leaflet_markdown
from workbook.report import build, page
from workbook.widgets.pages.minutes import minutes

if TYPE_CHECKING:
    from workbook.model.evaluation import Evaluation
    from workbook.widgets.moment import Moment
    from workbook.widgets.state import ParcelKind
    from workbook.workspace import Session

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "ics": "text/calendar",
}
"""The media types of office documents, by the ending of their files."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file for the browser to save; `packed`: its text is its bytes in base64."""

    name: str
    media: str
    text: str
    packed: bool = False


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
    if kind in MEDIA:
        return _office(kind, language, session, evaluation)
    if kind == "minutes":
        text = leaflet_html(minutes(moment))
    else:
        sections = ("map",) if kind == "map" else ()
        engagement = session.engagement
        text = page(build(session.rules, engagement, evaluation, language, sections))
    return Parcel(f"{session.key}-{kind}.{language}.html", "text/html", text)


def _office(kind: str, language: str, session: Session, evaluation: Evaluation) -> Parcel:
    from workbook.office import RENDERERS  # loaded when first asked for: a third of a second

    report = build(session.rules, session.engagement, evaluation, language)
    text = base64.b64encode(RENDERERS[kind](report)).decode()
    ending = "csv.zip" if kind == "csv" else kind
    return Parcel(f"{session.key}-report.{language}.{ending}", MEDIA[kind], text, packed=True)
