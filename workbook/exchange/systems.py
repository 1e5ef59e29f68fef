"""Lists of systems as inventories export them: applications, their owners, their criticality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbook.exchange.people.cells import Cells
from workbook.exchange.people.columns import TITLE_LINES, heading_words
from workbook.exchange.subjects import Label, Subjects, Taking
from workbook.exchange.tables.words import word_set
from workbook.i18n import Voice, voice
from workbook.model.engagement import Engagement
from workbook.store import Change

_SYSTEM = word_set(
    "application applications app system systems systeme systemes logiciel logiciels outil "
    "anwendung anwendungen anwendungsname applikation systemname factsheet software ci"
)
_CALLED = word_set("name nom title titre display affiche")
_NAME = _SYSTEM | _CALLED | word_set("fact sheet business of de l")
_OWNER = word_set(
    "owner owned proprietaire eigentumer verantwortlicher verantwortliche fachverantwortlicher "
    "anwendungsverantwortlicher"
)
_IT = word_set("it si dsi technical technique managed manager technischer tech dev")
_CRITICALITY = word_set("criticality criticite kritikalitat")
_READY = word_set("ready golive live disponible disponibilite verfugbar inbetriebnahme")
_PUT_INTO_SERVICE = word_set("mise service")
_INVENTORY = word_set("lifecycle subscription factsheet") | _CRITICALITY | _SYSTEM


@dataclass(frozen=True, slots=True)
class SystemRow:
    """One system of a list; owners as they are written there."""

    name: str = ""
    owner: str = ""
    it_owner: str = ""
    criticality: str = ""
    ready: str = ""


def system_columns(rows: Sequence[Cells], *, stated: bool = False) -> tuple[int, Cells] | None:
    """Which of the first lines heads a list of systems, and what each of its columns holds.

    Names and owners alone are no sign of systems, unless it is `stated` otherwise.
    """
    for index, cells in enumerate(rows[:TITLE_LINES]):
        words = [heading_words(cell.replace("_", " ")) for cell in cells]
        columns = [_column(heading) for heading in words]
        # "Fact Sheet" says what a row is where another column says what it is called.
        called = any(c == "name" and w & _CALLED for c, w in zip(columns, words, strict=True))
        columns = [
            "" if called and column == "name" and not heading & _CALLED else column
            for column, heading in zip(columns, words, strict=True)
        ]
        if columns.count("owner") > 1 and "it_owner" not in columns:
            # "Application Owner" beside "Business Owner" is the one in IT.
            columns = [
                "it_owner" if column == "owner" and heading & _SYSTEM else column
                for column, heading in zip(columns, words, strict=True)
            ]
        columns = ["" if key in columns[:at] else key for at, key in enumerate(columns)]
        inventory = stated or any(heading & _INVENTORY for heading in words)
        if "name" in columns and inventory and len({*columns} - {"", "name"}) > 0:
            return index, columns
    return None


def _column(words: set[str]) -> str:
    """`business_criticality`, "IT Application Owner", "Propriétaire métier": what it holds."""
    if words & _CRITICALITY:
        return "criticality"
    if words & _READY or words >= _PUT_INTO_SERVICE:
        return "ready"
    manager = bool(words & {"responsable", "manager", "managed"}) and len(words) > 1
    if words & _OWNER or manager:
        return "it_owner" if words & _IT else "owner"
    return "name" if words and words <= _NAME else ""


def systems_of(rows: Iterable[Cells], columns: Cells) -> Iterator[SystemRow]:
    """The systems below the heading; a blank name is of a row that says something all the same."""
    for cells in rows:
        held = {key: text for key, text in zip(columns, cells, strict=False) if key and text}
        if held:
            yield SystemRow(**held)


def take_systems(
    systems: Iterable[SystemRow], engagement: Engagement, subjects: Subjects, source: str
) -> Taking:
    """Systems that the framework knows come into scope; what the list says of them is a claim.

    A claim is an open decision with a note and its source: shown, put on the agenda, never scored.
    """
    scope = {group: list(keys) for group, keys in engagement.scope.items()}
    decided = {decision.focal_point: decision for decision in engagement.decisions}
    labels, questions, unused = list[Label](), list[str](), list[str]()
    claims: dict[str, str] = {}
    strangers = 0
    for system in systems:
        match = subjects.find(system.name) if system.name else None
        parts = (system.owner, system.it_owner, system.criticality, system.ready)
        facts = " · ".join(filter(None, parts))
        if not system.name:
            unused.append(f"{facts}: no name")
        elif match is None or match.key not in subjects:
            strangers += 1
            labels.append(Label(system.name, facts=facts))
            unused.append(f"{system.name}: no system of the framework bears this name")
        elif match.key in claims:
            unused.append(f"{system.name}: another row stands for {match.key} already")
        else:
            claims[match.key] = claim(system, source, voice(engagement.language))
            group = subjects[match.key].scope or ""
            if match.key not in scope.get(group, (match.key,)):
                scope[group].append(match.key)
            labels.append(Label(system.name, match.key, facts, match.exact))
    if strangers:
        questions.append(
            f"systems that the framework lacks: {strangers}; say which is meant, or add what is "
            "needed beside to the document (overlay.focal_points)"
        )
    changes = [Change(("scope", group), keys) for group, keys in scope.items()]
    for key, note in claims.items():
        decision = decided.get(key)
        if decision and (decision.owner or (decision.note or note) != note):
            questions.append(f"{key} has a decision already; not noted: {note}")
        elif note:
            changes.append(Change(("decision", key), {"note": note, "discuss_later": True}))
    return Taking(
        mapping=(),
        preview=tuple(str(label) for label in labels if label.key),
        questions=tuple(questions),
        unused=tuple(unused),
        changes=tuple(changes),
        labels=tuple(labels),
    )


def claim(row: SystemRow, source: str, speaker: Voice) -> str:
    """What a list says of a system, as a note with its source."""
    parts = {
        speaker.t("business owner"): row.owner,
        speaker.t("IT owner"): row.it_owner,
        speaker.t("criticality"): row.criticality,
        speaker.t("ready"): row.ready,
    }
    facts = [f"{name} {text}" for name, text in parts.items() if text]
    return f"{source}, {', '.join(facts)}" if facts else ""
