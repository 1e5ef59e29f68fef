"""The minutes of a session: who took what on, what is open, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.fragments.leaflet import Bullets, Leaflet, LeafletTable
from workbook.report.build import running
from workbook.widgets.views.review import actions_page
from workbook.widgets.views.signoff import signoff_page
from workbook.wording.fields import field_names, value_names
from workbook.wording.figures import NO_NUMBER, score_text
from workbook.wording.headings import headings
from workbook.wording.headline import headline
from workbook.wording.names import labelled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook.widgets.gathering import Gathering
    from workbook.widgets.moment import Moment
    from workbook.widgets.views.scene import Scene, View

NEXT = 10
"""Actions that the minutes name."""


def minutes(moment: Moment) -> Leaflet:
    """The minutes as a document, for a page or a text file."""
    scene = moment.scene
    if scene is None:
        raise LookupError("minutes are of an open engagement")
    v, content = scene.voice, signoff_page(scene, moment.signing)
    return Leaflet(
        title=v.t("Minutes · {name}", name=scene.engagement.organisation.name),
        language=v.language,
        label=v.date(scene.evaluation.as_of),
        lead=f"{headline(scene)}. {_standing(scene, content['closing'])}",
        parts=(
            (v.t("Who takes what on"), (content["lead"], _taken_on(scene, content))),
            (v.t("Who disagreed"), (_dissent(scene),)),
            (v.t("Still without a decision"), (_open(scene, content),)),
            (v.t("What comes next"), (_next(scene),)),
            (v.t("To talk about later"), (_parked(scene),)),
            (v.t("How people were asked"), (_rounds(scene, moment.gathering),)),
            (v.t("Signed off"), (_moments(content["baselines"]),)),
        ),
        running=running(scene),
        origin=scene.engagement.organisation.name,
    )


def _standing(scene: Scene, closing: View | None) -> str:
    v = scene.voice
    now = score_text(scene.evaluation.score, v)
    if closing is None:
        return now
    return v.t("{now}; before: {before}", now=now, before=closing["before"]["text"])


def _taken_on(scene: Scene, content: View) -> LeafletTable | None:
    v = scene.voice
    names, states = field_names(v), value_names(v)
    rows = {row["key"]: row for row in content["rows"]}
    lines = [
        (
            person["name"],
            rows[key]["title"],
            rows[key]["deputy"],
            rows[key]["decided"],
            states.get(rows[key]["acceptance"], NO_NUMBER),
        )
        for person in content["people"]
        for key in person["rows"]
    ]
    heads = (
        *(names["owner"], headings(v)["subject"], names["deputy"]),
        *(headings(v)["decided"], names["acceptance"]),
    )
    return LeafletTable(v.t("Owners with their subjects"), heads, tuple(lines)) if lines else None


def _dissent(scene: Scene) -> Bullets | None:
    v = scene.voice
    lines = []
    for key, decision in scene.decisions.items():
        if decision.dissent:
            names = (scene.party_label(dissent.party) for dissent in decision.dissent)
            notes = (dissent.note for dissent in decision.dissent if dissent.note)
            who = labelled(scene.focal(key), v.listing(names), v)
            lines.append(" · ".join([who, *notes]))
    return _list(lines)


def _open(scene: Scene, content: View) -> Bullets | None:
    decided = {row["key"] for row in content["rows"]}
    return _list(scene.focal(key) for key in scene.panels if key not in decided)


def _next(scene: Scene) -> Bullets | None:
    rows = actions_page(scene, None, None)["rows"][:NEXT]
    return _list(f"{row['title']} · {row['who']} · {row['due']}" for row in rows)


def _parked(scene: Scene) -> Bullets | None:
    return _list(item.text for item in scene.engagement.parked if not item.settled)


def _rounds(scene: Scene, gathered: Gathering) -> Bullets | None:
    """Each round with who spoke: names are told nowhere, numbers are."""
    v = scene.voice
    asked = sum(not respondent.withdrawn for respondent in scene.engagement.respondents)
    lines = [
        v.n(
            "Round {number}, {date}: {count} of {total} has answered.",
            "Round {number}, {date}: {count} of {total} have answered.",
            gathered.spoke.get(each.id, 0),
            number=number,
            date=v.date(each.opened.astimezone().date(), "medium"),
            total=asked,
        )
        for number, each in enumerate(gathered.rounds, 1)
    ]
    if lines:
        how = v.t("Everybody answered alone, without names.")
        named = v.t("Everybody answered alone; their names were shown.")
        share = v.percent(gathered.rounds[0].threshold)
        fixed = v.t("A subject counted as agreed from {share} of the voices.", share=share)
        lines = [how if scene.engagement.anonymous else named, fixed, *lines]
    return _list(lines)


def _moments(baselines: Iterable[View]) -> Bullets | None:
    return _list(f"{baseline['name']} · {baseline['text']}" for baseline in baselines)


def _list(lines: Iterable[str]) -> Bullets | None:
    items = tuple(lines)
    return Bullets(items) if items else None
