"""The review: headline, agenda, what if, who leaves, sign-off, and the reasons of every number."""

from __future__ import annotations

import math
import re

import pytest

from workbook.store import Change
from workbook.widgets.views.review import TABS


def tab(screen, key):
    screen.hear({"do": "tab", "tab": key})
    return screen.view()["page"]["content"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "example", ["maison-lorient", "atelier-belval", "groupe-kervadec", "northgate-home"]
)
def test_every_tab_opens_in_every_language(talk, example, language):
    screen = talk(example, "review", language)
    assert all(tab(screen, key) for key in TABS)


def test_the_heading_is_the_conclusion(talk):
    heading = talk("northgate-home", "review").view()["page"]["heading"]
    assert heading == "The programme has its owners: only small things are left to do"
    assert "two systems have no owner" in talk("maison-lorient", "review").view()["page"]["heading"]


@pytest.mark.parametrize(
    ("example", "lead"),
    [
        (
            "fernhill-supply",
            r"\d+ subjects, about \d+ minutes\. The first (\d+) fit in 90 minutes\.",
        ),
        ("northgate-home", r"\w+ subjects?, about \d+ minutes\."),
    ],
)
def test_the_agenda_says_how_long_it_takes_and_what_fits_in_a_session(talk, example, lead):
    agenda = tab(talk(example, "review"), "agenda")
    said = re.fullmatch(lead, agenda["lead"])
    assert said, agenda["lead"]
    minutes = [int(row["minutes"].split()[0]) for row in agenda["rows"]]
    fitting = int(said[1]) if said.groups() else len(minutes)
    assert sum(minutes[:fitting]) <= 90
    assert sum(minutes[: fitting + 1]) > 90 or fitting == len(minutes)


def test_the_agenda_begins_with_the_worst_and_ends_with_the_least(talk):
    rows = tab(talk("maison-lorient", "review"), "agenda")["rows"]
    order = ["Critical", "High", "Medium", "Low"]
    ranks = [order.index(row["severity"]["text"]) for row in rows]
    assert ranks == sorted(ranks)
    assert len({row["key"] for row in rows}) == len(rows)
    assert all(row["reasons"] for row in rows)


def test_what_was_put_off_comes_first_among_equals(talk):
    screen = talk("maison-lorient", "review")
    rows = tab(screen, "agenda")["rows"]
    severity = rows[-1]["severity"]["text"]
    put_off = next(
        row
        for row in reversed(rows)
        if row["severity"]["text"] == severity and row["focus"] in screen.scene.places
    )
    screen.hear({"do": "decide", "focal_point": put_off["focus"], "set": {"discuss_later": True}})
    again = [
        row["key"] for row in tab(screen, "agenda")["rows"] if row["severity"]["text"] == severity
    ]
    assert again[0] == put_off["key"]


@pytest.mark.parametrize(
    "of", ["overall", "experience", "technology/named", "executive_sponsor/committed"]
)
def test_the_reasons_add_up_to_the_number(talk, of):
    screen = talk("maison-lorient", "review")
    screen.hear({"do": "why", "of": of})
    why = screen.view()["why"]
    shown = sum(float(row["contribution"]) for row in why["rows"] if row["contribution"] != "–")
    assert math.isclose(shown, float(why["total"]), abs_tol=0.005 * len(why["rows"]))
    if of == "overall":
        assert math.isclose(float(why["total"]), screen.scene.evaluation.score.point, abs_tol=0.005)


def test_what_is_tried_is_scored_and_not_recorded_until_it_is_kept(talk):
    screen = talk("tidewater-outdoor")
    recorded = screen.session.engagement
    screen.hear({"do": "try"})
    screen.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "nobody"}})
    assert screen.view()["trial"]["count"] == 1
    assert screen.view()["page"]["cards"]["by"]["promotions"]["owner"] == "nobody"
    assert screen.session.engagement == recorded
    tried = screen.scene.evaluation
    screen.hear({"do": "keep"})
    assert screen.view()["trial"] is None
    assert screen.session.evaluate(screen.as_of) == tried


def test_what_is_dropped_leaves_no_trace(talk):
    screen = talk("tidewater-outdoor")
    before = screen.session.evaluate(screen.as_of)
    screen.hear({"do": "try"})
    screen.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "nobody"}})
    screen.hear({"do": "drop"})
    assert screen.scene.evaluation == before
    assert screen.session.pending == ()
    assert not screen.session.can_undo


def test_undo_while_trying_takes_back_what_was_tried(talk):
    screen = talk("tidewater-outdoor")
    screen.hear({"do": "try"})
    screen.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "nobody"}})
    screen.hear({"do": "undo"})
    assert screen.view()["trial"]["count"] == 0


def test_who_leaves_makes_orphans_of_what_has_no_deputy(fresh):
    for name in ("Ana", "Bo"):
        fresh.hear({"do": "add_party", "party": {"kind": "person", "name": name, "title": "CTO"}})
    fresh.hear(
        {"do": "decide", "focal_point": "promotions", "set": {"owner": "ana", "deputy": "bo"}}
    )
    fresh.hear({"do": "decide", "focal_point": "oms", "set": {"owner": "ana"}})
    fresh.hear({"do": "go", "step": "review"})
    fresh.hear({"do": "departure", "person": "ana"})
    result = tab(fresh, "leaving")["result"]
    assert [(row["key"], row["text"]) for row in result["rows"]] == [
        ("oms", "loses its owner"),
        ("promotions", "Bo stands in"),
    ]
    assert result["lead"] == "One subject loses its owner."


def test_a_deputy_who_leaves_is_missed(fresh):
    for name in ("Ana", "Bo", "Cy"):
        fresh.hear({"do": "add_party", "party": {"kind": "person", "name": name}})
    for key in ("promotions", "oms"):
        fresh.hear({"do": "decide", "focal_point": key, "set": {"owner": "ana", "deputy": "bo"}})
    fresh.hear({"do": "go", "step": "review"})
    for person, texts, lead in [
        ("bo", ["loses its deputy"] * 2, "2 subjects lose their deputy."),
        ("ana", ["Bo stands in"] * 2, "No subject loses its owner: a deputy stands in for each."),
        ("cy", [], "Nothing depends on this person."),
    ]:
        fresh.hear({"do": "departure", "person": person})
        result = tab(fresh, "leaving")["result"]
        assert [row["text"] for row in result["rows"]] == texts
        assert result["lead"] == lead


def test_who_is_taken_off_the_list_leaves_the_tab_too(fresh):
    for name in ("Ana", "Bo"):
        fresh.hear({"do": "add_party", "party": {"kind": "person", "name": name}})
    fresh.hear({"do": "decide", "focal_point": "oms", "set": {"owner": "ana"}})
    fresh.hear({"do": "go", "step": "review"})
    fresh.hear({"do": "departure", "person": "bo"})
    fresh.hear({"do": "person", "id": "bo", "set": None})
    assert tab(fresh, "leaving")["chosen"] is None


def test_signing_off_names_the_moment(fresh):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana"}})
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    fresh.hear({"do": "go", "step": "review"})
    fresh.hear({"do": "baseline", "name": "Workshop"})
    content = tab(fresh, "signoff")
    assert [one["name"] for one in content["baselines"]] == ["Workshop"]
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"deputy": "none"}})
    fresh.hear({"do": "baseline", "name": "Workshop"})
    assert "Workshop" in fresh.view()["notice"]["text"]


@pytest.mark.parametrize(
    ("focal_point", "state"),
    [("promotions", "owned"), ("oms", "orphan"), ("shipment_tracking", "open"), ("erp", "out")],
)
def test_the_map_says_owned_nobody_open_and_out(fresh, focal_point, state):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana"}})
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    fresh.hear({"do": "decide", "focal_point": "oms", "set": {"owner": "nobody"}})
    fresh.hear(
        {"do": "decide", "focal_point": "erp", "set": {"state": "not_applicable", "reason": "none"}}
    )
    fresh.hear({"do": "go", "step": "review"})
    assert tab(fresh, "map")["rows"][focal_point]["state"] == state


LATE = "It is announced for 30 Jun 2027. Either this date moves, or go-live does."


def lines(screen):
    """Every finding's explanation and evidence, as the reader sees them."""
    groups = tab(screen, "findings")["groups"]
    items = [item for group in groups for item in group["items"]]
    return [line for item in items for line in (item["title"], item["text"], *item["evidence"])]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            {
                "3 name nobody (Dorian Webb, Elena Fisk and Marcus Yeo).",
                "1 says that the post is vacant (June Park).",
                LATE,
            },
        ),
        ("fr", {"1 voix ne désigne personne (Marcus Yeo)."}),
    ],
)
def test_findings_read_as_sentences(talk, language, said):
    found = lines(talk("tidewater-outdoor", "review", language))
    assert said <= set(found)


def test_a_date_in_the_evidence_is_told_as_a_date(talk):
    found = lines(talk("tidewater-outdoor", "review", "fr"))
    assert any("30 juin 2027" in line for line in found)
    assert not [line for line in found if "2027-" in line or "missing" in line]


def test_an_agenda_holds_the_subjects_of_which_nobody_has_said_anything(fresh):
    fresh.hear({"do": "go", "step": "review"})
    fresh.hear({"do": "tab", "tab": "agenda"})
    rows = {row["key"]: row for row in fresh.view()["page"]["content"]["rows"]}
    assert "Nobody has said who owns it" in rows["experience/promotions/-"]["reasons"]
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"state": "unknown"}})
    rows = {row["key"]: row for row in fresh.view()["page"]["content"]["rows"]}
    reasons = rows.get("experience/promotions/-", {"reasons": []})["reasons"]
    assert "Nobody has said who owns it" not in reasons


def test_findings_that_are_not_there_praise_nobody_while_answers_are_open(fresh):
    fresh.hear({"do": "go", "step": "review"})
    fresh.hear({"do": "tab", "tab": "findings"})
    assert fresh.view()["page"]["content"]["empty"].endswith("answered so far.")


def test_nobody_can_say_unnoticed_that_all_have_accepted_while_an_owner_has_not(talk):
    screen = talk("maison-lorient", "executive_sponsor")
    says = {"do": "answer", "question": "raci_accepted", "set": {"value": "accepted"}}
    screen.hear(says)
    assert "says that everybody has accepted; one owner has not" in screen.state.notice["text"]
    (item,) = (
        group["items"][0]
        for group in screen.view()["page"]["questions"]
        if group["key"] == "raci_accepted"
    )
    assert item["hint"] == screen.state.notice["text"]
    screen.hear({"do": "go", "step": "review"})
    assert item["hint"] in tab(screen, "signoff")["lead"]
    for row in tab(screen, "signoff")["rows"]:
        screen.hear({"do": "accept", "focal_point": row["key"], "state": "accepted"})
    assert "everybody" not in tab(screen, "signoff")["lead"]
    screen.hear({"do": "accept", "focal_point": row["key"], "state": "declined"})
    assert "one owner has not" in screen.state.notice["text"]


def test_the_reasons_of_a_number_close_again(talk):
    screen = talk("maison-lorient", "review")
    screen.hear({"do": "why", "of": "overall"})
    assert screen.view()["why"]
    screen.hear({"do": "close"})
    assert screen.view()["why"] is None


def test_what_is_wrong_with_the_whole_programme_is_a_topic_of_its_own(talk):
    (row,) = [r for r in tab(talk("borealis-parts", "review"), "agenda")["rows"] if not r["to"]]
    assert (row["title"], row["focus"]) == ("The whole programme", None)


@pytest.fixture
def eight(fresh):
    """Eight people are asked, and each of them names themselves for promotions."""
    for number in range(8):
        key = f"p{number}"
        fresh.hear({"do": "add_party", "party": {"kind": "person", "name": key.upper()}})
        fresh.session.record(
            Change(("respondent", key), {"person": key}),
            Change(("nomination", key, "promotions"), [{"party": key}]),
        )
    fresh.hear({"do": "go", "step": "review"})
    return fresh


def test_of_many_who_should_be_in_the_room_the_rest_are_counted(eight):
    (row,) = [r for r in tab(eight, "agenda")["rows"] if r["focus"] == "promotions"]
    assert row["with"] == "P0, P1, P2, P3, P4 and 3 more people"


def test_what_somebody_put_off_who_has_left_waits_for_nobody(eight):
    later = {"state": "unknown", "discuss_later": True}

    def put_off():
        rows = tab(eight, "agenda")["rows"]
        return [r["focus"] for r in rows if "Put off" in str(r["reasons"])]

    eight.session.record(Change(("answer", "it_from_day_one", "", "p1"), later))
    assert put_off() == ["it_from_day_one"]
    eight.session.record(Change(("respondent", "p1"), {"person": "p1", "withdrawn": True}))
    assert put_off() == []


def test_the_reasons_say_that_what_does_not_apply_is_left_out(talk):
    note = "What does not apply leaves the mean, for better or worse."
    for example, told in (("fernhill-supply", True), ("maison-lorient", False)):
        screen = talk(example, "review")
        screen.hear({"do": "why", "of": "overall"})
        assert (note in screen.view()["why"]["notes"]) is told


def test_there_are_no_reasons_of_what_is_not_there(talk):
    screen = talk("maison-lorient", "review")
    screen.hear({"do": "why", "of": "no_such_area"})
    assert screen.view()["why"] is None
