"""Erasing a person: what is known of them goes, what happened stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.store.conftest import START
from workbook.errors import BadInput
from workbook.model.engagement import (
    AcceptedTitle,
    Answer,
    Decision,
    Dissent,
    External,
    Nomination,
    Person,
    Respondent,
)
from workbook.model.workshop import Parked
from workbook.store import Change, EventKind, Store
from workbook.store.erasure import traces
from workbook.store.sealing import names_in
from workbook.workspace import Session, Workspace

LEA = {
    "name": "Léa Martin-Nguyen",
    "title": "Directrice e-commerce",
    "email": "lea.martin@acme.test",
}
PRIVATE = ("Martin-Nguyen", "Directrice", "lea.martin", "lea-martin", "my notebook", "lmn", "Léa M")


@pytest.fixture
def told(marie: Session) -> Session:
    """Léa is a person, answers as respondent "lmn", owns f2, and others write about her."""
    marie.record(Change(("person", "lea-martin"), LEA))
    marie.record(Change(("respondent", "lmn"), {"person": "lea-martin", "name": "Léa M."}))
    marie.record(Change(("nomination", "lmn", "f2"), [{"party": "ana", "evidence": "my notebook"}]))
    marie.record(
        Change(("answer", "q1", "", "lmn"), {"value": "full", "note": "my notebook, p. 3"})
    )
    marie.record(
        Change(("decision", "f2"), {"owner": "lea-martin", "note": "LÉA MARTIN-NGUYEN agrees"})
    )
    marie.record(Change(("decision", "f3"), {"owner": "bo", "note": "agreed in the room"}))
    return marie


def event_rows(file: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as raw:
        return raw.execute("SELECT * FROM events WHERE kind <> 'erased' ORDER BY seq").fetchall()


@pytest.mark.usefixtures("told")
def test_events_hold_no_name_title_or_text_of_a_person(file: Path):
    said = repr(event_rows(file))
    for private in (*PRIVATE, "Marie", "agreed in the room"):
        assert private not in said


SENTENCE = "Written in confidence."
NOT_OF_A_PERSON = {("person", "unit"), ("respondent", "unit"), ("external", "name")}
"""Texts that name an organisation or a part of one."""
DESCRIBED: dict[tuple[str, ...], tuple[type[BaseModel], dict[str, Any]]] = {
    ("person", "lea-martin"): (Person, {"name": "Léa"}),
    ("respondent", "r1"): (Respondent, {}),
    ("external", "cy-agency"): (External, {"name": "Agency"}),
    ("nomination", "r1", "f2"): (Nomination, {"party": "ana"}),
    ("answer", "q1", "", "r1"): (Answer, {"value": "full"}),
    ("decision", "f2"): (Decision, {"owner": "ana"}),
    ("parked", "p1"): (Parked, {"text": "Marketplace", "respondent": "r1"}),
}


def texts_of(model: type[BaseModel]) -> Iterator[str]:
    """The fields of a model that take any sentence; a key takes none."""
    for name, field in model.model_fields.items():
        with suppress(ValidationError):
            TypeAdapter(field.rebuild_annotation()).validate_python(SENTENCE)
            yield name


PRIVATE_TEXTS = [
    (subject, name)
    for subject, (model, _) in DESCRIBED.items()
    for name in texts_of(model)
    if (subject[0], name) not in NOT_OF_A_PERSON
]


def test_the_free_texts_of_the_model_are_known() -> None:
    assert set(texts_of(Nomination)) == {"evidence", "note", "reason"}
    assert {"name", "title", "email"} <= set(texts_of(Person))


@pytest.mark.parametrize(
    ("subject", "name"), PRIVATE_TEXTS, ids=lambda one: one if isinstance(one, str) else one[0]
)
def test_no_event_holds_a_free_text(
    marie: Session, file: Path, subject: tuple[str, ...], name: str
) -> None:
    marie.record(Change(subject, {**DESCRIBED[subject][1], name: SENTENCE}))
    assert SENTENCE not in repr(event_rows(file))
    assert SENTENCE in str(marie.engagement)


@pytest.mark.parametrize(
    ("subject", "field", "model"),
    [
        (("decision", "f2"), "dissent", Dissent),
        (("person", "lea-martin"), "accepted_titles", AcceptedTitle),
    ],
)
def test_no_event_holds_a_free_text_within_another_field(
    marie: Session, file: Path, subject: tuple[str, ...], field: str, model: type[BaseModel]
) -> None:
    (name,) = texts_of(model)
    key = {Dissent: {"party": "bo"}, AcceptedTitle: {"area": "x"}}[model]
    marie.record(Change(subject, {**DESCRIBED[subject][1], field: [{**key, name: SENTENCE}]}))
    assert SENTENCE not in repr(event_rows(file))
    assert SENTENCE in str(marie.engagement)


LEAS_ID = "lea-martin"
NAMING: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (("team", "sales"), {"name": "Sales", "lead": LEAS_ID}),
    (("respondent", "r1"), {"person": LEAS_ID}),
    (("nomination", "r1", "f2"), {"party": LEAS_ID}),
    (("nomination", "r1", "f2"), {"party": "ana", "deputy": LEAS_ID}),
    (("answer", "q1", "", LEAS_ID), {"value": "full"}),
    (("action", "name_deputy/x/f2/-"), {"owner": LEAS_ID}),
    (("decision", "f2"), {"owner": LEAS_ID}),
    *(
        (("decision", "f2"), {"owner": "ana", field: value})
        for field, value in {
            "deputy": LEAS_ID,
            "responsible": [LEAS_ID],
            "consulted": ["ana", LEAS_ID],
            "informed": [LEAS_ID],
            "decided_by": LEAS_ID,
            "dissent": [{"party": LEAS_ID}],
        }.items()
    ),
]


@pytest.mark.parametrize(("subject", "value"), NAMING, ids=[f"{s[0]} {[*v]}" for s, v in NAMING])
def test_no_event_holds_the_id_of_a_person(
    marie: Session, file: Path, subject: tuple[str, ...], value: dict[str, Any]
) -> None:
    marie.record(Change(("person", LEAS_ID), LEA))
    if LEAS_ID in subject:
        marie.record(Change(("respondent", LEAS_ID), {"name": "Léa"}))
    marie.record(Change(subject, value))
    assert LEAS_ID not in repr(event_rows(file))
    assert LEAS_ID in str(marie.history()[-1])


def test_what_the_team_answers_together_names_only_who_wrote_it(marie: Session) -> None:
    marie.record(Change(("answer", "q1", "", ""), {"value": "full"}))
    assert [*names_in(marie.history()[-1])] == ["Marie"]


def test_a_text_that_holds_only_the_address_of_a_person_goes_with_them(
    told: Session, file: Path
) -> None:
    told.record(Change(("decision", "f1"), {"owner": "bo", "note": "ask lea.martin@acme.test"}))
    told.erase("lea-martin")
    assert told.engagement.standing_decisions()["f1"].note == "erased"
    assert b"lea.martin" not in file.read_bytes()


def test_after_erasure_nothing_about_the_person_is_left_in_the_file(told: Session, file: Path):
    before = event_rows(file)
    assert all(word.encode() in file.read_bytes() for word in ("Martin-Nguyen", "my notebook"))
    told.erase("lea-martin")
    assert event_rows(file) == before, "no event was touched"
    for private in PRIVATE:
        assert private.encode() not in file.read_bytes()


def test_history_and_engagement_read_erased_and_still_hang_together(told: Session):
    told.erase("lea-martin")
    person = next(p for p in told.engagement.people if p.name == "erased")
    assert (person.title, person.email) == ("erased", "erased")
    decisions = told.engagement.standing_decisions()
    assert decisions["f2"].owner == person.id, "the owner is still one and the same, unnamed"
    assert decisions["f2"].note == "erased"
    respondent = next(r for r in told.engagement.respondents if r.person == person.id)
    (nomination,) = [n for n in told.engagement.nominations if n.respondent == respondent.id]
    assert (nomination.party, nomination.evidence) == ("ana", "erased")


def test_what_others_are_and_wrote_stays(told: Session):
    told.erase("lea-martin")
    assert told.engagement.standing_decisions()["f3"].note == "agreed in the room"
    assert told.engagement.parties()["ana"].name == "Ana"
    assert {event.actor for event in told.history()} == {"Marie"}


def test_other_sessions_see_the_erasure_with_their_next_look(told: Session, workspace: Workspace):
    paul = workspace.open("worked", "Paul")
    told.erase("lea-martin")
    assert paul.refresh()
    assert "lea-martin" not in paul.engagement.parties()
    assert paul.engagement == told.engagement
    assert paul.history()[-1].kind is EventKind.ERASED


@pytest.mark.usefixtures("told")
def test_who_wrote_is_erased_with_the_person(workspace: Workspace, file: Path):
    lea = workspace.open("worked", "Léa Martin-Nguyen")
    lea.record(Change(("decision", "f1"), {"owner": "ana", "note": "so be it"}))
    lea.erase("lea-martin")
    assert {event.actor for event in lea.history()} == {"Marie", "erased"}
    for private in ("so be it", "Martin-Nguyen"):
        assert private.encode() not in file.read_bytes()


NOTE = "said on the phone"
DESCRIBING = [
    (("person", "bo"), {"name": NOTE}),
    (("respondent", "r1"), {"name": NOTE}),
    (("external", "agency"), {"name": "Agency", "contact": NOTE}),
    (("nomination", "r1", "f2"), [{"party": "ana", "note": NOTE}]),
    (("answer", "q1", "", "r1"), {"value": "full", "note": NOTE}),
]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(("subject", "value"), DESCRIBING, ids=[s[0] for s, _ in DESCRIBING])
def test_what_somebody_wrote_down_of_others_stays_when_they_go(
    workspace: Workspace, subject: tuple[str, ...], value: Any
) -> None:
    lea = workspace.open("worked", LEA["name"])
    lea.record(Change(subject, value))
    lea.erase("lea-martin")
    assert NOTE in str(lea.engagement)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("subject", "value"),
    [
        (("answer", "q1", "", ""), {"value": "full", "note": NOTE}),
        (("nomination", "session", "f2"), [{"party": "ana", "note": NOTE}]),
        (("decision", "f2"), {"owner": "ana", "note": NOTE}),
    ],
    ids=["the team's answer", "a nomination of the session", "a decision"],
)
def test_a_text_of_nobody_alone_goes_with_whoever_wrote_it(
    workspace: Workspace, subject: tuple[str, ...], value: Any
) -> None:
    lea = workspace.open("worked", LEA["name"])
    lea.record(Change(subject, value))
    lea.erase("lea-martin")
    assert NOTE not in str(lea.engagement)
    assert "erased" in str(lea.engagement)


def test_a_respondent_who_is_nobody_else_here_is_erased_too(marie: Session) -> None:
    marie.record(Change(("respondent", "zoe"), {"name": "Zoé Petit"}))
    marie.record(Change(("decision", "f1"), {"owner": "bo", "note": "zoé petit agrees"}))
    marie.record(Change(("decision", "f3"), {"owner": "bo", "note": "agreed in the room"}))
    marie.erase("zoe")
    decisions = marie.engagement.standing_decisions()
    assert (decisions["f1"].note, decisions["f3"].note) == ("erased", "agreed in the room")


def test_with_somebody_who_never_had_a_name_no_text_of_others_goes(marie: Session) -> None:
    marie.record(Change(("respondent", "silent"), {"areas": ["x"]}))
    marie.record(Change(("decision", "f3"), {"owner": "bo", "note": "agreed in the room"}))
    marie.erase("silent")
    assert marie.engagement.standing_decisions()["f3"].note == "agreed in the room"
    assert "silent" not in {respondent.id for respondent in marie.engagement.respondents}


def test_what_was_chosen_stays_when_whoever_chose_it_goes(told: Session) -> None:
    told.erase("lea-martin")
    (answer,) = [a for a in told.engagement.answers if a.respondent is not None]
    assert (answer.value, answer.note) == ("full", "erased")


def test_work_goes_on_after_an_erasure(told: Session):
    told.erase("lea-martin")
    gone = next(p.id for p in told.engagement.people if p.name == "erased")
    told.record(Change(("decision", "f1"), {"owner": gone}))
    told.record(Change(("person", gone), None))
    assert gone not in told.engagement.parties()
    told.undo()
    assert told.engagement.parties()[gone].name == "erased"


def test_a_baseline_from_before_reads_erased_too(told: Session):
    told.baseline("Kick-off")
    told.erase("lea-martin")
    names = {person.name for person in told.at("Kick-off").people}
    assert "erased" in names
    assert LEA["name"] not in names


def test_nobody_else_is_erased_by_mistake(told: Session):
    with pytest.raises(BadInput, match="did you mean “lea-martin”"):
        told.erase("lea-martn")
    assert told.engagement.parties()["lea-martin"].name == LEA["name"]


def test_what_leads_to_a_person_is_found_in_who_is_named_and_in_what_is_written(told: Session):
    history = told.history()
    trail = traces(history, "lea-martin")
    assert {event.subject for event in history if trail.names(event)} == {
        ("person", "lea-martin"),
        ("respondent", "lmn"),
        ("nomination", "lmn", "f2"),
        ("answer", "q1", "", "lmn"),
        ("decision", "f2"),
    }
    mentioning = {event.subject for event in history if trail.mentions(event)}
    assert ("decision", "f2") in mentioning
    assert ("decision", "f3") not in mentioning


def test_an_engagement_is_forgotten_without_touching_another(told: Session, store: Store):
    """Its events stay; nobody's name and no text is left of it, and SQLite overwrites at once."""
    other = replace(told.history()[0], id="other-1", engagement="other", seq=0)
    store.append([replace(other, subject=("person", "zoe"), value={"name": "Zoe"})], create=True)
    count, kept = store.last("worked"), store.private("other")
    names, texts = store.private("worked")
    assert min(names, texts, kept[0]) > 0
    assert store.forget("worked", at=START) is True
    assert store.last("worked") == count + 1
    assert (store.private("worked"), store.private("other")) == ((0, 0), kept)
    assert store.verify("worked").damages == ()


def test_an_erasure_in_a_file_leaves_no_bytes_to_overwrite_later(told: Session, store: Store):
    assert told.engagement
    assert store.erase("worked", "lea-martin", by="Marie", at=START) is True
