"""What one press on the screen records."""

from __future__ import annotations

import pytest

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
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "bo"}})
    assert (decided(fresh).owner, decided(fresh).title_reason, decided(fresh).acceptance) == (
        "bo",
        None,
        None,
    )


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


def test_the_map_keeps_one_accountable_per_row_and_many_of_the_rest(fresh):
    for name in ("Ana", "Bo"):
        fresh.hear({"do": "add_party", "party": {"kind": "person", "name": name}})
    fresh.hear({"do": "map", "set": [["promotions", "ana", "A"], ["promotions", "bo", "R"]]})
    fresh.hear({"do": "map", "set": [["promotions", "bo", "AR"]]})
    assert (decided(fresh).owner, decided(fresh).responsible) == ("bo", ("bo",))
    fresh.hear({"do": "map", "set": [["promotions", "bo", ""]]})
    assert decided(fresh) is None


def test_dragging_a_letter_to_another_row_is_one_step_of_undo(fresh):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana"}})
    fresh.hear({"do": "map", "set": [["promotions", "ana", "A"]]})
    fresh.hear({"do": "map", "set": [["promotions", "ana", ""], ["oms", "ana", "A"]]})
    assert (decided(fresh), decided(fresh, "oms").owner) == (None, "ana")
    fresh.hear({"do": "undo"})
    assert (decided(fresh).owner, decided(fresh, "oms")) == ("ana", None)


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


def test_an_unknown_command_is_ignored(fresh):
    before = fresh.view()
    fresh.hear({"do": "explode"})
    assert fresh.view() == before
