"""Files that people take along: the report, the map, the minutes, the document."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbook.content import dump_engagement
from workbook.fragments.leaflet import leaflet_html, leaflet_markdown
from workbook.report import build, page
from workbook.report.dressing import in_brand
from workbook.report.earlier import last_baseline
from workbook.report.nameless import pseudonymised, without_names
from workbook.report.provenance import provenance_of
from workbook.report.readers import READERS, read_by
from workbook.report.unattributed import unattributed
from workbook.report.value import TEAM, Report
from workbook.scoring.follow_through import FollowThrough, follow_through
from workbook.widgets.pages.minutes import minutes

if TYPE_CHECKING:
    from pathlib import Path

    from workbook.fragments.leaflet import Leaflet
    from workbook.widgets.moment import Moment
    from workbook.widgets.state import Take
    from workbook.workspace import Session

MEDIA = {
    "pdf": "application/pdf",
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


def parcel(take: Take, session: Session, moment: Moment, folder: Path) -> Parcel:
    """A file of what is recorded, in the brand of a folder; a trial leaves no trace in it.

    It has names where the screen has them. A document without them tells nobody who answered what.
    """
    scene, kind, language = moment.scene, take.kind, take.language
    if scene is None:
        raise LookupError("a file is of an open engagement")
    if kind == "document":
        whole = unattributed(session.rules, session.engagement)
        if moment.state.nameless:
            whole = pseudonymised(whole, scene.voice)
        return Parcel(f"{session.key}.yaml", "application/yaml", dump_engagement(whole))
    part, _, ending = kind.partition("_")
    if part == "minutes":
        return _minutes(ending or "html", f"{session.key}-minutes.{language}", moment, folder)
    asked = scene.rules, scene.engagement, scene.evaluation, language
    origin = str(provenance_of(*asked, session.head))
    if kind in MEDIA or kind in READERS:
        reader, form = (kind, "pdf") if kind in READERS else (TEAM, kind)
        ending = "csv.zip" if form == "csv" else form
        whose = f"{reader}-{take.person}" if take.person else reader
        name = f"{session.key}-{'report' if reader == TEAM else whose}.{language}.{ending}"
        done = _since(session, moment)
        source = in_brand(read_by(reader, *asked, person=take.person, since=done), folder)
        if isinstance(source, Report):
            source = replace(source, changed=session.saved_at)
        return _packed(name, form, replace(source, provenance=origin))
    sections = ("map",) if kind == "map" else ()
    report = build(*asked, sections, since=_since(session, moment))
    text = page(replace(in_brand(report, folder), provenance=origin))
    return Parcel(f"{session.key}-{kind}.{language}.html", "text/html", text)


def _since(session: Session, moment: Moment) -> FollowThrough | None:
    """What was done since the last baseline of an earlier day; with names where the screen has."""
    scene = moment.scene
    if scene is None or (then := last_baseline(session, scene.evaluation.as_of)) is None:
        return None
    engagement, day = then
    if moment.state.nameless:
        engagement = without_names(engagement, scene.voice)
    return follow_through(scene.rules, engagement, day, scene.engagement, scene.evaluation)


def _minutes(form: str, name: str, moment: Moment, folder: Path) -> Parcel:
    leaflet = in_brand(minutes(moment), folder)
    match form:
        case "text":
            return Parcel(f"{name}.md", "text/markdown", leaflet_markdown(leaflet))
        case "html":
            return Parcel(f"{name}.html", "text/html", leaflet_html(leaflet))
    return _packed(f"{name}.{form}", form, leaflet)


def _packed(name: str, form: str, source: Report | Leaflet) -> Parcel:
    from workbook.office import RENDERERS  # loaded when first asked for: a third of a second

    text = base64.b64encode(RENDERERS[form](source)).decode()
    return Parcel(name, MEDIA[form], text, packed=True)
