"""What is held on a person, as a document for that person and as data for a machine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbook.fragments.leaflet import Bullets, Leaflet, LeafletTable
from workbook.wording.fields import field_names, value_names
from workbook.wording.headings import headings
from workbook.wording.names import labelled
from workbook.workspace.holdings import HoldingKind

if TYPE_CHECKING:
    from workbook.i18n import Voice
    from workbook.model.engagement import Engagement
    from workbook.model.rules import Rules
    from workbook.store import Json
    from workbook.workspace.holdings import Holding


def holdings_data(
    engagement: Engagement, person: str, held: Sequence[Holding], files: Sequence[str], on: dt.date
) -> dict[str, Any]:
    """The holdings as plain values."""
    return {
        "schema": 1,
        "engagement": engagement.key,
        "organisation": engagement.organisation.name,
        "person": person,
        "on": on.isoformat(),
        "holdings": [
            {
                "kind": each.kind.value,
                "subject": list(each.subject),
                "time": each.time.isoformat() if each.time else None,
                "actor": each.actor or None,
                "value": each.value,
            }
            for each in held
        ],
        "files": list(files),
    }


def holdings_leaflet(
    engagement: Engagement,
    rules: Rules,
    name: str,
    held: Sequence[Holding],
    files: Sequence[str],
    on: dt.date,
    voice: Voice,
) -> Leaflet:
    """The holdings as a document in one language, in parts by what they are to the person."""
    speech = _Speech(engagement, rules, voice)
    t = voice.t
    return Leaflet(
        title=t("What is held on {name}", name=name),
        language=voice.language,
        label=voice.date(on),
        origin=engagement.organisation.name,
        lead=t(
            "{organisation}: everything that the ownership workbook holds on this person, earlier "
            "versions too.",
            organisation=engagement.organisation.name,
        ),
        parts=(
            *(
                (title, (speech.table(title, [each for each in held if each.kind is kind]),))
                for kind, title in _titles(voice).items()
            ),
            (t("Files for this person"), (Bullets(tuple(files)) if files else None,)),
            (
                t("What is elsewhere"),
                (
                    t(
                        "Reports, exported documents, sent letters and backups are files of their "
                        "own: whoever keeps them says what they hold."
                    ),
                ),
            ),
        ),
    )


def _titles(voice: Voice) -> Mapping[HoldingKind, str]:
    t = voice.t
    return {
        HoldingKind.DETAILS: t("Details"),
        HoldingKind.ANSWER: t("What the person answered"),
        HoldingKind.NAMED: t("Where others name the person"),
        HoldingKind.LINK: t("Personal links"),
        HoldingKind.MENTION: t("Texts in which the person is mentioned"),
        HoldingKind.WROTE: t("What the person wrote down for the team"),
    }


def _field_labels(voice: Voice) -> Mapping[str, str]:
    """What the fields of events are called, those beside the forms' own too."""
    t, names = voice.t, field_names(voice)
    return {
        **names,
        "party": names["owner"],
        "ask": t("To be asked instead"),
        "person": t("Respondent"),
        "seat": t("Seat"),
        "on": t("Day"),
        "until": t("Until"),
        "serial": t("Number of the link"),
        "revoked": t("Link taken back"),
        "joined": t("Joined in the room"),
        "withdrawn": t("No longer asked"),
        "text": t("Text"),
        "settled": t("Settled"),
        "decided_by": t("Decided by"),
        "decided_on": headings(voice)["decided"],
        "due": headings(voice)["due"],
        "language": headings(voice)["language"],
        "areas": headings(voice)["area"],
        "role": t("Role"),
    }


class _Speech:
    """Says what a holding is about, and what it says."""

    def __init__(self, engagement: Engagement, rules: Rules, voice: Voice) -> None:
        self._engagement, self._voice = engagement, voice
        self._titles = {
            key: focal_point.title[voice.language]
            for key, (_, focal_point) in rules.places().items()
        }
        self._fields, self._values = _field_labels(voice), value_names(voice)
        self._names = {r.id: engagement.respondent_name(r) for r in engagement.respondents}
        self._names |= {key: party.name for key, party in engagement.parties().items()}

    def table(self, title: str, held: Sequence[Holding]) -> LeafletTable | None:
        """The holdings as rows; None if there are none."""
        v, heads = self._voice, headings(self._voice)
        rows = tuple(
            (
                self._about(each),
                " · ".join(self._words(each.value)) or v.t("(taken back)"),
                v.date(each.time.astimezone().date(), "medium") if each.time else "",
                self._named(each.actor),
            )
            for each in held
        )
        names = (heads["subject"], self._fields["value"], heads["when"], heads["who"])
        return LeafletTable(title, names, rows) if rows else None

    def _about(self, each: Holding) -> str:
        parts = (self._titles.get(part) or self._named(part) for part in each.subject[1:])
        return " · ".join(filter(None, parts)) or each.subject[0]

    def _named(self, key: str) -> str:
        return self._names.get(key, key)

    def _words(self, value: Json, field: str = "") -> Iterator[str]:
        """A value, field by field; ids as names."""
        match value:
            case dict():
                for name, inner in value.items():
                    yield from self._words(inner, name)
            case list() | tuple():
                for inner in value:
                    yield from self._words(inner, field)
            case None | False:
                return
            case True:
                yield self._fields.get(field, field.replace("_", " "))
            case _:
                text = str(value)
                name = self._values.get(text) or self._titles.get(text) or self._named(text)
                label = self._fields.get(field, field.replace("_", " "))
                yield labelled(label, name, self._voice) if label else name
