"""Frames on disk: as good as documents, and each engagement with a flaw refused by itself."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.portfolio.clients import AS_OF, client, frames, write_documents, write_frames
from workbook.errors import BadInput
from workbook.portfolio import assess, gather

CLIENTS = [
    client("acme", 2, answers=[{"question": "it_from_day_one", "value": "day_one"}]),
    client("bolt", 4, answers=[{"question": "checkpoint_calendar", "value": ["2027-05-20"]}]),
    client("core"),
]
SCORES = ["low", "point", "high", "level_low", "rank", "name", "sector", "decided"]


@pytest.fixture
def made():
    return frames(*CLIENTS)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_frames_score_as_the_documents_do(made, tmp_path, kind):
    documents = assess(gather([str(write_documents(tmp_path / "documents", *CLIENTS))]), AS_OF)
    told = assess(gather([str(write_frames(tmp_path / "frames", made, kind))]), AS_OF)
    expected = documents.table()[SCORES].astype({"decided": "int64"})
    pd.testing.assert_frame_equal(told.table()[SCORES].astype({"decided": "int64"}), expected)


def edit(made, name, column, value, row=0):
    table = getattr(made, name).copy()
    table[column] = table[column].astype(object) if column in table else ""
    table.loc[table.index[row], column] = value
    return replace(made, **{name: table})


def answer(made, question, value, state="answered"):
    row = {"engagement": "acme", "question": question, "state": state, "value": value}
    return replace(made, answers=pd.DataFrame([row | {"subject": ""}]))


FLAWS = {
    "profile": (lambda m: edit(m, "engagements", "profile", "huge"), "“huge” will not do"),
    "no profile": (lambda m: edit(m, "engagements", "profile", ""), "is blank"),
    "go-live": (lambda m: edit(m, "engagements", "go_live", "June"), "“June” will not do"),
    "start": (lambda m: edit(m, "engagements", "start", "soon"), "“soon” will not do"),
    "respondents": (lambda m: edit(m, "engagements", "respondents", "few"), "“few” will not do"),
    "focal point": (lambda m: edit(m, "nominations", "focal_point", "erq"), "“erq” will not do"),
    "no focal point": (lambda m: edit(m, "nominations", "focal_point", ""), "is blank"),
    "state": (lambda m: edit(m, "nominations", "state", "maybe"), "“maybe” will not do"),
    "decision": (lambda m: edit(m, "decisions", "focal_point", "x"), "“x” will not do"),
    "question": (lambda m: answer(m, "why", "yes"), "“why” will not do"),
    "option": (lambda m: answer(m, "it_from_day_one", "yes"), "“yes” is no answer to"),
    "dates": (lambda m: answer(m, "checkpoint_calendar", "2026-12-01 soon"), "is no answer to"),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_an_engagement_with_a_flaw_is_refused_and_the_others_are_not(made, tmp_path, flaw):
    spoil, said = FLAWS[flaw]
    found = gather([str(write_frames(tmp_path, spoil(made)))])
    assert [one.keys for one in found.framed] == [["bolt", "core"]]
    (refused,) = found.refused
    assert refused.place.endswith(": acme")
    assert said in refused.problems[0].message
    assert refused.problems[0].fix


def test_engagements_beside_one_with_a_flaw_are_scored(made, tmp_path):
    found = gather([str(write_frames(tmp_path, FLAWS["profile"][0](made)))])
    assert list(assess(found, AS_OF).table().index) == ["bolt", "core"]


def test_all_flaws_of_an_engagement_are_told_at_once(made, tmp_path):
    spoiled = edit(edit(made, "engagements", "go_live", "June"), "nominations", "state", "maybe")
    (refused,) = gather([str(write_frames(tmp_path, spoiled))]).refused
    assert [problem.path for problem in refused.problems] == ["go_live", "state"]


def test_rows_of_an_unknown_engagement_are_refused_with_the_nearest_name(made, tmp_path):
    found = gather([str(write_frames(tmp_path, edit(made, "nominations", "engagement", "acmee")))])
    (refused,) = found.refused
    assert refused.place.endswith(": acmee")
    assert refused.problems[0].fix == "did you mean “acme”?"
    assert [one.keys for one in found.framed] == [["acme", "bolt", "core"]]


def test_an_engagement_that_stands_there_twice_is_refused(made, tmp_path):
    twice = replace(made, engagements=pd.concat([made.engagements, made.engagements.iloc[:1]]))
    found = gather([str(write_frames(tmp_path, twice))])
    assert [one.keys for one in found.framed] == [["bolt", "core"]]


@pytest.mark.parametrize("missing", ["nominations", "profile"])
def test_what_must_be_there_is_named(made, tmp_path, missing):
    write_frames(tmp_path, made)
    if missing == "nominations":
        (tmp_path / "nominations.parquet").unlink()
    else:
        made.engagements.drop(columns="profile").to_parquet(tmp_path / "engagements.parquet")
    with pytest.raises(BadInput, match=missing):
        gather([str(tmp_path)])


def test_a_file_that_is_no_table_is_named(made, tmp_path):
    write_frames(tmp_path, made)
    (tmp_path / "nominations.parquet").write_bytes(b"no parquet")
    with pytest.raises(BadInput, match=r"nominations\.parquet: cannot be read"):
        gather([str(tmp_path)])


def test_the_framework_is_the_column_s_or_the_one_that_knows_the_focal_points(made, tmp_path):
    engagements = made.engagements.assign(framework=["commerce-stakeholders", "none", "none"])
    named = gather([str(write_frames(tmp_path / "a", replace(made, engagements=engagements)))])
    assert [(one.rules.key, one.keys) for one in named.framed] == [
        ("commerce-stakeholders", ["acme"])
    ]
    assert len(named.refused) == 1
    strange = made.nominations.assign(focal_point="nothing")
    with pytest.raises(BadInput, match="no framework knows"):
        gather([str(write_frames(tmp_path / "b", replace(made, nominations=strange)))])
