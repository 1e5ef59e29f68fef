"""The statement on method: what the log knows is told, the rest is left to be written."""

from __future__ import annotations

import re

from tests.workshop.conftest import TODAY, nominate
from workbook.report import build
from workbook.scoring import evaluate
from workbook.workshop import close_round, open_round
from workbook.workspace import Session, Workspace

CODES = ["T1", *(f"I{n}" for n in range(1, 4)), *(f"M{n}" for n in range(1, 22))]
CODES += [*(f"R{n}" for n in range(1, 6)), "D1", "D2", "O1", "O2", "O3"]


def statement(session: Session, language: str = "en") -> dict[str, str]:
    """Item ↦ what is reported."""
    engagement = session.engagement
    evaluation = evaluate(session.rules, engagement, TODAY)
    report = build(session.rules, engagement, evaluation, language, ("method",))
    rows = [
        row
        for block in report.sections[0].blocks
        for row in getattr(block, "rows", ())
        if re.fullmatch(r"[TIMRDO]\d+", str(row[0]))
    ]
    return dict(rows)


def test_all_thirty_five_items_are_there_in_their_order(session: Session):
    assert list(statement(session)) == CODES
    assert list(statement(session, "fr")) == CODES


def test_it_tells_the_threshold_and_who_answered_in_each_round(session, workspace: Workspace):
    nominate(session, "paul-ney", "promotions", "claire-aubry")
    session.record(close_round(session.engagement, workspace.now(), spoke=1))
    session.record(open_round(session.rules, session.engagement, ("promotions",), workspace.now()))
    session.record(close_round(session.engagement, workspace.now(), spoke=2, changed=0.5))
    told = statement(session)
    assert "75%" in told["M12"]
    assert told["R3"] == (
        "Round 1: 1 of 25 answered. Round 2: 2 of 25 answered. 50% of the answers changed."
    )


def test_without_rounds_there_is_no_statement(workspace: Workspace):
    from tests.workshop.conftest import silent

    session = workspace.new(silent(workspace))
    assert statement(session) == {}
