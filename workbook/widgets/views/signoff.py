"""The sign-off, person by person, and the closing: what was agreed, what to take along."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from workbook.i18n import languages
from workbook.model.engagement import RESERVED, Decision
from workbook.widgets.notices import unaccepted
from workbook.widgets.views.scene import Scene, View, plain
from workbook.widgets.views.side import score_view
from workbook.wording.changes import (
    change_text,
    changed_subject,
    may_be_told,
    turn_word,
    turns_text,
)
from workbook.wording.fields import value_names
from workbook.wording.figures import NO_NUMBER
from workbook.wording.headings import headings
from workbook.wording.names import capitalised
from workbook.wording.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook.widgets.closing import Signing
    from workbook.widgets.state import Before


def signoff_page(scene: Scene, signing: Signing) -> View:
    """Every owner with their subjects, the moments that were signed off, and the closing."""
    v = scene.voice
    rows = signed_rows(scene)
    baselines = signing.baselines
    accepted = sum(row["acceptance"] == "accepted" for row in rows)
    open_ = len(scene.panels) - len(rows)
    left = _left(scene, open_)
    return {
        "rows": rows,
        "people": _people(scene, rows),
        "lead": _lead(scene, _accepted(scene, accepted, len(rows)), left if open_ else ""),
        "baselines": [
            {
                "name": b.name,
                "text": v.t(
                    "by {name}, {date}", name=b.actor, date=v.date(b.made_at.date(), "medium")
                ),
            }
            for b in baselines
        ],
        "suggested": _unused(
            v.t("Signed off on {date}", date=v.date(scene.evaluation.as_of, "medium")),
            {b.name for b in baselines},
        ),
        "empty": v.t("No owner is decided yet: decide in the areas or on the map."),
        "closing": _closing(scene, signing.signed, signing.before, left if open_ else ""),
        "since": _since(scene, signing),
        "parcels": _parcels(scene) if baselines else [],
    }


def _lead(scene: Scene, accepted: str, left: str) -> str:
    contradictions = unaccepted(scene.engagement, scene.rules, scene.voice).values()
    return " ".join(text for text in (accepted, left, *contradictions) if text)


def signed_rows(scene: Scene) -> list[View]:
    """Every subject with a decided owner, in the order of the framework."""
    v = scene.voice
    decided = [
        (key, d)
        for key, d in scene.decisions.items()
        if d.owner and d.owner not in RESERVED and key in scene.panels
    ]
    order = {key: position for position, key in enumerate(scene.places)}
    return [
        {
            "key": key,
            "title": scene.focal(key),
            "owner": d.owner,
            "deputy": scene.party_label(d.deputy) if d.deputy else NO_NUMBER,
            "acceptance": d.acceptance.state if d.acceptance else None,
            "decided": v.date(d.decided_on, "medium") if d.decided_on else NO_NUMBER,
        }
        for key, d in sorted(decided, key=lambda pair: order.get(pair[0], 0))
    ]


def _people(scene: Scene, rows: Sequence[View]) -> list[View]:
    """The owners by name, each with what there is to accept."""
    v = scene.voice

    def name(row: View) -> str:
        return plain(scene.party_label(row["owner"]))

    people = []
    for owner, group in groupby(
        sorted(rows, key=lambda row: (name(row), row["owner"])), lambda row: row["owner"]
    ):
        subjects = list(group)
        states = [row["acceptance"] for row in subjects]
        people.append(
            {
                "key": owner,
                "name": scene.party_label(owner),
                "count": v.n("one subject", "{count} subjects", len(subjects)),
                "open": sum(state not in ("accepted", "declined") for state in states),
                "chip": _state(scene, states),
                "rows": [row["key"] for row in subjects],
            }
        )
    return people


def _state(scene: Scene, states: Sequence[str | None]) -> View:
    v, accepted = scene.voice, states.count("accepted")
    if declined := states.count("declined"):
        text = v.n("One declined", "{count} declined", declined)
        return {"tone": "not", "sign": "×", "text": text}
    if accepted == len(states):
        return {"tone": "ready", "sign": "✓", "text": value_names(v)["accepted"]}
    text = v.t("{done} of {total} accepted", done=accepted, total=len(states))
    return {"tone": "unknown", "sign": "○", "text": text}


def _closing(scene: Scene, signed: str | None, before: Before | None, left: str) -> View | None:
    """What the session came to; None until its last moment is signed off."""
    if signed is None or before is None:
        return None
    v = scene.voice
    earlier = before.engagement.standing_decisions()
    agreed = [
        (key, d) for key, d in _decided(scene) if _agreement(earlier.get(key)) != _agreement(d)
    ]
    lead = v.n("One subject was agreed.", "{count} subjects were agreed.", len(agreed))
    if not agreed:
        lead = v.t("Nothing was agreed that was not agreed before.")
    return {
        "title": signed,
        "lead": " ".join(filter(None, [lead, left])),
        "before": score_view(scene, before.evaluation.score, v.t("Before")),
        "after": score_view(scene, scene.evaluation.score, v.t("After")),
        "agreed": [
            {"key": key, "title": scene.focal(key), "text": _holders(scene, d)} for key, d in agreed
        ],
    }


def _since(scene: Scene, signing: Signing) -> View | None:
    """What improved and what regressed since the moment before, subject by subject."""
    if signing.since is None or signing.compared is None:
        return None
    before, after = (
        Phrases(scene.rules, scene.voice, *moment)
        for moment in (signing.compared.before, signing.compared.after)
    )
    changes = [change for change in signing.compared.changes if may_be_told(before, after, change)]
    return {
        "title": scene.voice.t("Since “{name}”", name=signing.since),
        "lead": turns_text(changes, scene.voice),
        "rows": [
            {
                "key": f"{change.subject}/{change.instance or ''}",
                "title": changed_subject(after, change),
                "text": change_text(before, after, change),
                "chip": turn_word(change.turn, scene.voice)._asdict(),
            }
            for change in changes
        ],
    }


def _decided(scene: Scene) -> list[tuple[str, Decision]]:
    return [(row["key"], scene.decisions[row["key"]]) for row in signed_rows(scene)]


def _agreement(decision: Decision | None) -> tuple[str | None, str | None]:
    return (decision.owner, decision.deputy) if decision else (None, None)


def _holders(scene: Scene, decision: Decision) -> str:
    owner = scene.party_label(decision.owner or "")
    if not decision.deputy or decision.deputy in RESERVED:
        return owner
    return scene.voice.t(
        "{owner}, deputy {deputy}", owner=owner, deputy=scene.party_label(decision.deputy)
    )


def _parcels(scene: Scene) -> list[View]:
    """What may be taken along as files, for the readers of each language and for all."""
    t, here = scene.voice.t, scene.voice.language
    spoken = {
        "report": headings(scene.voice)["report"],
        "pdf": t("PDF document"),
        "docx": t("Word document"),
        "pptx": t("Slides"),
        "xlsx": t("Workbook (Excel)"),
        "csv": t("Tables (CSV)"),
        "ics": t("Calendar"),
        "sponsor": t("For the sponsor (PDF)"),
        "owner": t("A sheet for each owner (PDF)"),
        "handover": t("Handover sheets (PDF)"),
        "poster": t("Poster of the map (PDF)"),
        "minutes": t("Minutes"),
        "minutes_pdf": t("Minutes (PDF)"),
        "minutes_docx": t("Minutes (Word)"),
        "minutes_text": t("Minutes (Markdown)"),
    }
    others = {"map": t("Ownership map"), "document": t("Document (YAML)")}
    groups = [
        (language, capitalised(scene.voice.name_of(language)), spoken) for language in languages()
    ]
    return [
        {
            "key": f"{kind}-{language}" if group else kind,
            "kind": kind,
            "language": language,
            "group": group,
            "title": title,
        }
        for language, group, kinds in (*groups, (here, "", others))
        for kind, title in kinds.items()
    ]


def _left(scene: Scene, count: int) -> str:
    return scene.voice.n(
        "One subject is still without a decision.",
        "{count} subjects are still without a decision.",
        count,
    )


def _unused(name: str, taken: set[str]) -> str:
    """The name, numbered if a moment has it already."""
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 2))
    return next(candidate for candidate in (name, *numbered) if candidate not in taken)


def _accepted(scene: Scene, accepted: int, total: int) -> str:
    v = scene.voice
    if not accepted:
        return v.t("No owner has accepted yet.")
    return v.n(
        "One of {total} owners has accepted.",
        "{count} of {total} owners have accepted.",
        accepted,
        total=total,
    )
