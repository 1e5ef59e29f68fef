"""What if: a trial belongs to one engagement, and nothing of it is recorded until it is kept."""

from __future__ import annotations

import pytest

OTHER = "maison-lorient"
TRY, DROP, KEEP, UNDO, REDO = ({"do": name} for name in ("try", "drop", "keep", "undo", "redo"))
SOMEBODY = {"field": "owner", "party": {"kind": "person", "name": "Zoé Petit"}}
TRIED = {"do": "decide", "focal_point": "promotions", "set": {}, "create": SOMEBODY}


@pytest.fixture
def trying(fresh):
    """A screen on which somebody new was tried as the owner of promotions."""
    fresh.session.flush()
    fresh.hear(TRY)
    fresh.hear(TRIED)
    assert fresh.view()["trial"]["count"] == 1
    return fresh


def stored(screen):
    screen.session.flush()
    return [(event.kind, event.subject) for event in screen.session.history()]


LEAVING = {
    "open": {"do": "open", "engagement": OTHER},
    "leave": {"do": "close_engagement"},
    "new": {
        "do": "new",
        "name": "Other",
        "profile": "large",
        "business_models": ["b2c"],
        "go_live": "2027-09-30",
    },
    "baseline": {"do": "baseline", "name": "Signed"},
    "try": TRY,
}


@pytest.mark.parametrize("command", LEAVING.values(), ids=LEAVING.keys())
def test_what_would_end_a_trial_asks_first_and_does_nothing(trying, command):
    before, key = stored(trying), trying.session.key
    trying.hear(command)
    assert "keep it or drop it first" in trying.view()["notice"]["text"]
    assert trying.view()["trial"]["count"] == 1
    assert (stored(trying), trying.session.key) == (before, key)


@pytest.mark.parametrize("command", LEAVING.values(), ids=LEAVING.keys())
def test_a_trial_in_which_nothing_was_tried_ends_by_itself(fresh, command):
    fresh.hear(TRY)
    fresh.hear(command)
    assert (fresh.state.trial, fresh.state.notice) == (None, None)


def test_another_address_ends_the_trial_and_says_so(trying):
    trying.hear({"do": "hello", "query": {"engagement": OTHER}})
    view = trying.view()
    assert (view["trial"], trying.session.key) == (None, OTHER)
    assert "What you tried for Étoile & Cie was dropped" in view["notice"]["text"]
    trying.hear(KEEP)
    assert trying.session.pending == ()
    assert "zoe-petit" not in trying.session.engagement.parties()


def test_a_reload_of_the_same_engagement_keeps_the_trial(trying):
    trying.hear({"do": "hello", "query": {"engagement": trying.session.key}})
    assert trying.view()["trial"]["count"] == 1


def test_one_undo_takes_back_one_whole_step_of_the_trial(trying):
    before = stored(trying)
    trying.hear(UNDO)
    view = trying.view()
    assert (view["trial"]["count"], view["undo"]) == (0, {"back": False, "forth": True})
    assert trying.engagement == trying.session.engagement
    trying.hear(REDO)
    assert trying.engagement.standing_decisions()["promotions"].owner == "zoe-petit"
    trying.hear(UNDO)
    trying.hear(UNDO)
    assert stored(trying) == before


def test_undo_in_a_trial_never_reaches_what_is_recorded(fresh):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana"}})
    fresh.hear(TRY)
    fresh.hear(UNDO)
    fresh.hear(DROP)
    assert "ana" in fresh.session.engagement.parties()


def test_what_is_kept_is_recorded_and_undone_as_one_step(trying):
    trying.hear({"do": "decide", "focal_point": "oms", "set": {"owner": "zoe-petit"}})
    trying.hear(KEEP)
    decisions = trying.session.engagement.standing_decisions()
    assert {decisions[key].owner for key in ("promotions", "oms")} == {"zoe-petit"}
    assert trying.view()["trial"] is None
    trying.hear(UNDO)
    assert trying.session.engagement.standing_decisions() == {}
    assert trying.session.engagement.people == ()


def test_a_text_that_is_tried_with_pauses_is_one_step_of_the_trial(fresh):
    fresh.hear(TRY)
    for name in ("Ré", "Réveil"):
        named = {"do": "facts", "about": "programme", "set": {"name": name}, "edit": "visit-1"}
        fresh.hear(named)
    assert fresh.engagement.programme.name == "Réveil"
    fresh.hear(UNDO)
    assert fresh.engagement.programme.name is None
    assert fresh.view()["trial"]["count"] == 0


def test_what_changes_nothing_is_no_step_of_the_trial(trying):
    trying.hear({"do": "accept_all", "party": "nobody-here"})
    assert trying.view()["trial"]["count"] == 1


def test_the_scope_can_be_tried_group_by_group(fresh):
    fresh.hear({"do": "facts", "about": "scope", "group": "systems", "set": ["erp", "oms"]})
    fresh.hear(TRY)
    fresh.hear({"do": "facts", "about": "scope", "group": "systems", "set": ["erp"]})
    fresh.hear({"do": "facts", "about": "scope", "group": "seats", "set": ["cfo"]})
    assert fresh.engagement.scope == {"systems": ("erp",), "seats": ("cfo",)}
    assert fresh.session.engagement.scope["systems"] == ("erp", "oms")
