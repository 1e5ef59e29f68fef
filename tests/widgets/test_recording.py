"""What one press on the screen records."""

from __future__ import annotations

import pytest

from tests.widgets.conftest import AS_OF
from workbook.widgets.conversation import Conversation

CASES = {
    "an owner": ({"owner": "ana"}, {"owner": "ana", "decided_on": "2026-11-23"}),
    "a confidence alone": ({"confidence": "guess"}, {"confidence": "guess"}),
    "don't know": ({"state": "unknown"}, {"state": "unknown"}),
    "not applicable with its reason": (
        {"state": "not_applicable", "reason": "no shop"},
        {"state": "not_applicable", "reason": "no shop"},
    ),
    "discuss later": ({"discuss_later": True}, {"discuss_later": True}),
    "nothing at all": ({"owner": None}, None),
    "a note taken back": ({"note": None}, None),
}


@pytest.mark.parametrize(("given", "recorded"), CASES.values(), ids=CASES.keys())
def test_a_decision_is_recorded_in_its_shortest_form(fresh, given, recorded):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana", "title": "CTO"}})
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": given})
    assert fresh.session.value(("decision", "promotions")) == recorded


def decided(screen, focal_point="promotions"):
    return screen.session.engagement.standing_decisions().get(focal_point)


def test_another_owner_drops_what_hung_on_the_first(fresh):
    for name in ("Ana", "Bo"):
        fresh.hear({"do": "add_party", "party": {"kind": "person", "name": name}})
    fresh.hear(
        {
            "do": "decide",
            "focal_point": "promotions",
            "set": {"owner": "ana", "title_reason": "knows it"},
        }
    )
    fresh.hear({"do": "accept", "focal_point": "promotions", "state": "accepted"})
    assert decided(fresh).confirmed_on
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "bo"}})
    assert fresh.session.value(("decision", "promotions")) == {
        "owner": "bo",
        "decided_on": "2026-11-23",
    }


def test_not_knowing_takes_the_owner_back_and_naming_one_ends_not_knowing(fresh):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana"}})
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"state": "unknown"}})
    assert (decided(fresh).state, decided(fresh).owner) == ("unknown", None)
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    assert (decided(fresh).state, decided(fresh).owner) == ("answered", "ana")


def test_somebody_new_is_made_and_named_in_one_step_of_undo(fresh):
    party = {"kind": "person", "name": "Zoé Petit", "title": "DSI", "inside": True}
    fresh.hear(
        {
            "do": "decide",
            "focal_point": "oms",
            "set": {},
            "create": {"field": "owner", "party": party},
        }
    )
    assert decided(fresh, "oms").owner == "zoe-petit"
    fresh.hear({"do": "undo"})
    assert decided(fresh, "oms") is None
    assert fresh.session.engagement.people == ()
    fresh.hear({"do": "redo"})
    assert decided(fresh, "oms").owner == "zoe-petit"


@pytest.mark.parametrize(
    ("party", "field", "value"),
    [
        ({"kind": "team", "name": "Care", "lead": None}, "teams", "care"),
        ({"kind": "external", "name": "Agency"}, "externals", "agency"),
        ({"kind": "person", "name": "Lee", "inside": False}, "people", "lee"),
    ],
)
def test_a_party_of_each_kind_can_be_made(fresh, party, field, value):
    fresh.hear({"do": "add_party", "party": party})
    assert [one.id for one in getattr(fresh.session.engagement, field)] == [value]


def test_two_people_of_one_name_get_two_ids(fresh):
    for _ in range(2):
        fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana Ruiz"}})
    assert [p.id for p in fresh.session.engagement.people] == ["ana-ruiz", "ana-ruiz-2"]


def test_checkpoints_are_planned_from_the_start_until_go_live(fresh):
    fresh.hear({"do": "facts", "about": "programme", "set": {"start": "2027-06-30"}})
    fresh.hear(
        {"do": "answer", "question": "checkpoint_calendar", "instance": None, "set": {"every": 4}}
    )
    answers = {a.question: a.value for a in fresh.session.engagement.answers}
    assert [day.isoformat() for day in answers["checkpoint_calendar"]] == [
        "2027-07-28", "2027-08-25", "2027-09-22",
    ]  # fmt: skip


def put(screen, party, roles, focal_point="promotions", **how):
    cell = {"focal_point": focal_point, "party": party, "roles": roles}
    screen.hear({"do": "map", **cell, **how})


@pytest.fixture
def two(fresh):
    """A screen on an engagement with Ana and Bo."""
    for name in ("Ana", "Bo"):
        fresh.hear({"do": "add_party", "party": {"kind": "person", "name": name}})
    return fresh


def test_the_map_keeps_one_accountable_per_row_and_many_of_the_rest(two):
    put(two, "ana", "A")
    put(two, "bo", "R")
    put(two, "bo", "A")
    assert (decided(two).owner, decided(two).responsible) == ("bo", ("bo",))
    put(two, "bo", "AR", remove=True)
    assert decided(two) is None


def test_a_letter_that_is_asked_for_takes_none_away(two):
    for roles in ("A", "R", "C", "I"):
        put(two, "ana", roles)
        assert decided(two).owner == "ana"
    assert (decided(two).responsible, decided(two).consulted) == (("ana",), ("ana",))
    put(two, "bo", "R")
    assert (decided(two).owner, decided(two).responsible) == ("ana", ("ana", "bo"))


@pytest.mark.parametrize(
    ("party", "how", "said"),
    [
        ("ana", {"remove": True}, "Promotions: Ana is no longer accountable. Undo puts it back."),
        ("bo", {}, "Promotions: Ana is no longer accountable. Undo puts it back."),
    ],
    ids=["taken away", "given to somebody else"],
)
def test_an_accountable_who_is_taken_away_on_the_map_is_said_and_comes_back(two, party, how, said):
    put(two, "ana", "A")
    assert two.state.notice is None
    put(two, party, "A", **how)
    assert (two.state.notice["text"], two.state.notice["tone"]) == (said, "risk")
    two.hear({"do": "undo"})
    assert (decided(two).owner, two.state.notice) == ("ana", None)


@pytest.mark.parametrize(
    ("letter", "lost"), [("R", "responsible"), ("C", "consulted"), ("I", "informed")]
)
def test_any_other_letter_that_is_taken_away_is_said_too(two, letter, lost):
    put(two, "ana", letter)
    put(two, "ana", letter, remove=True)
    assert two.state.notice["text"].startswith(f"Promotions: Ana is no longer {lost}.")


def test_somebody_new_who_is_named_in_a_list_stands_beside_those_who_are_there(two):
    put(two, "ana", "R")
    party = {"kind": "person", "name": "Zoé Petit"}
    create = {"field": "responsible", "party": party}
    two.hear({"do": "decide", "focal_point": "promotions", "set": {}, "create": create})
    assert decided(two).responsible == ("ana", "zoe-petit")


def test_an_answer_that_is_taken_back_leaves_nothing(fresh):
    question = {"do": "answer", "question": "it_from_day_one"}
    fresh.hear({**question, "set": {"value": "day_one"}})
    assert [a.value for a in fresh.session.engagement.answers] == ["day_one"]
    fresh.hear({**question, "set": {"value": None, "on": None}})
    assert fresh.session.engagement.answers == ()


def test_whoever_was_removed_meanwhile_is_not_brought_back_by_a_change(two):
    two.hear({"do": "person", "id": "ana", "set": None})
    two.hear({"do": "person", "id": "ana", "set": {"title": "CTO"}})
    assert [person.id for person in two.session.engagement.people] == ["bo"]


def test_dragging_a_letter_to_another_row_is_one_step_of_undo(two):
    put(two, "ana", "A")
    put(two, "ana", "A", "oms", source={"focal_point": "promotions", "party": "ana"})
    assert (decided(two), decided(two, "oms").owner) == (None, "ana")
    two.hear({"do": "undo"})
    assert (decided(two).owner, decided(two, "oms")) == ("ana", None)


def test_to_lose_an_owner_is_never_shown_as_points_won(talk):
    screen = talk("tidewater-outdoor", "review")
    for key, decision in screen.session.engagement.standing_decisions().items():
        if decision.owner in screen.session.engagement.parties():
            put(screen, decision.owner, "A", key, remove=True)
            lines = screen.view()["side"]["changes"]
            assert not [line for line in lines if line["sign"] == "▲"], key
            screen.hear({"do": "undo"})


def test_a_role_taken_on_is_confirmed_that_day(fresh):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana"}})
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    fresh.hear({"do": "accept", "focal_point": "promotions", "state": "accepted"})
    assert (decided(fresh).acceptance.state, str(decided(fresh).confirmed_on)) == (
        "accepted",
        "2026-11-23",
    )


def test_what_cannot_be_recorded_is_said_and_changes_nothing(fresh):
    before = fresh.session.engagement
    fresh.hear({"do": "facts", "about": "organisation", "set": {"name": ""}})
    assert fresh.view()["notice"]["tone"] == "not"
    assert fresh.session.engagement == before


def differ(fresh, workspace, about, mine, theirs):
    """Two people change one record unseen by each other; the first has looked again."""
    other = Conversation(workspace, workspace.open(fresh.session.key, "Paul"), as_of=fresh.as_of)
    for screen, fields in ((fresh, mine), (other, theirs)):
        screen.hear({"do": "facts", "about": about, "set": fields})
        screen.session.flush()
    fresh.hear({"do": "poll"})
    (conflict,) = fresh.view()["conflicts"]
    return conflict


def test_two_facts_that_do_not_contradict_each_other_can_both_stand(fresh, workspace):
    conflict = differ(fresh, workspace, "organisation", {"sector": "Skis"}, {"country": "NO"})
    assert conflict["both"] == "Keep both"
    fresh.hear({"do": "settle", "key": conflict["key"], "keep": "both"})
    organisation = fresh.session.engagement.organisation
    assert (organisation.sector, organisation.country) == ("Skis", "NO")
    assert fresh.view()["conflicts"] == []


def test_one_fact_said_in_two_ways_has_to_be_chosen(fresh, workspace):
    mine, theirs = {"go_live": "2027-08-01"}, {"go_live": "2027-09-01", "name": "X"}
    assert differ(fresh, workspace, "programme", mine, theirs)["both"] is None


def test_an_engagement_without_a_way_to_sell_is_not_begun(workspace):
    screen = Conversation(workspace, None, as_of=AS_OF)
    facts = {"name": "Acme", "profile": "large", "go_live": "2027-09-30"}
    screen.hear({"do": "new", **facts, "business_models": []})
    assert screen.session is None
    assert "no business model is given" in screen.view()["notice"]["text"].lower()
