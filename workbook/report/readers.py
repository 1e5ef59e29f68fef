"""Who a report is for: each reader's document, made of the same evaluation.

The team reads everything, the sponsor two pages. Owners get a sheet each to accept, and each of
them one for the day on which they leave. The poster is the map alone.
"""

from __future__ import annotations

from workbook.errors import BadInput, Problem, nearest
from workbook.fragments.leaflet import Leaflet
from workbook.i18n import voice
from workbook.model.engagement import Engagement
from workbook.model.evaluation import Evaluation
from workbook.model.rules import Rules
from workbook.report.build import build
from workbook.report.sheets import handover_sheets, owner_sheets, party_named
from workbook.report.value import POSTER, SPONSOR, TEAM, Report
from workbook.scoring.follow_through import FollowThrough
from workbook.wording.phrases import Phrases

OWNER, HANDOVER = "owner", "handover"
SECTIONS_READ = {TEAM: (), SPONSOR: ("gates", "actions"), POSTER: ("map",)}
"""The sections of a report that a reader gets; () for all."""
SHEETS = {OWNER: owner_sheets, HANDOVER: handover_sheets}
READERS = (*SECTIONS_READ, *SHEETS)
"""Everybody for whom there is a document."""
NAMED_NAMELESS = Problem(
    "a sheet for one person names them", "leave out the person, or show names", path="person"
)


def for_whom(reader: str) -> Problem:
    """Why a person is given in vain."""
    fix = f"give it with --reader {OWNER} or --reader {HANDOVER}"
    return Problem(f"there is no sheet for one person for “{reader}”", fix, path="person")


def read_by(  # noqa: PLR0913 - what a reader may choose
    reader: str,
    rules: Rules,
    engagement: Engagement,
    evaluation: Evaluation,
    lang: str,
    sections: tuple[str, ...] = (),
    *,
    person: str = "",
    since: FollowThrough | None = None,
) -> Report | Leaflet:
    """The document for a reader; `sections` are kept in place of those that it usually has.

    `person` is an owner, by id or name, whose sheet alone is wanted; `since` is what was done since
    an earlier moment, for a report. Raises BadInput for a reader, a language, a section or a person
    that there is none of.
    """
    if reader in SHEETS:
        only = party_named(engagement, person, leaves=reader == HANDOVER) if person else ""
        return SHEETS[reader](Phrases(rules, voice(lang), engagement, evaluation), only)
    if person:
        raise BadInput(for_whom(reader))
    if reader not in SECTIONS_READ:
        fix = nearest(reader, READERS)
        raise BadInput(Problem(f"unknown reader “{reader}”", fix, path="reader"))
    chosen = sections or SECTIONS_READ[reader]
    return build(rules, engagement, evaluation, lang, chosen, reader=reader, since=since)
