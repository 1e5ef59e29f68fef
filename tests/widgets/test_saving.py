"""The saved sign never lies; two facilitators overwrite nothing of each other silently."""

from __future__ import annotations

import pytest

from tests.widgets.conftest import AS_OF
from workbook.store import Change
from workbook.widgets.conversation import Conversation


@pytest.fixture
def two(workspace, fresh):
    """Marie and Paul at one engagement with Ana and Bo."""
    for name in ("Ana", "Bo"):
        fresh.hear({"do": "add_party", "party": {"kind": "person", "name": name}})
    fresh.session.flush()
    key = fresh.session.key
    return [at(workspace, key, actor) for actor in ("Marie", "Paul")]


def at(workspace, key, actor):
    session = workspace.open(key, actor)
    return Conversation(workspace, session, as_of=AS_OF, step="experience", language="en")


def owner(screen):
    return screen.view()["page"]["cards"]["by"]["promotions"]["owner"]


def decide(screen, party):
    screen.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": party}})
    screen.session.flush()


def test_the_sign_says_nothing_then_saving_then_saved(talk):
    screen = talk("tidewater-outdoor")
    assert screen.view()["saved"]["state"] == "nothing"
    screen.hear({"do": "decide", "focal_point": "promotions", "set": {"note": "x"}})
    assert screen.view()["saved"]["state"] in ("saving", "saved")
    screen.session.flush()
    assert screen.view()["saved"]["state"] == "saved"


def test_what_one_does_the_other_sees_at_the_next_look(two):
    marie, paul = two
    decide(marie, "ana")
    assert owner(paul) is None
    paul.hear({"do": "poll"})
    assert owner(paul) == "ana"


def test_two_who_change_the_same_thing_are_shown_both_values(two):
    marie, paul = two
    marie.session.record(*changes(marie, "ana"))
    paul.session.record(*changes(paul, "bo"))
    marie.hear({"do": "poll"})
    (conflict,) = marie.view()["conflicts"]
    assert (conflict["title"], conflict["mine"], conflict["theirs"]) == (
        "Promotions",
        "Keep mine: Ana",
        "Take theirs: Bo",
    )


def test_whoever_wrote_last_hears_of_the_conflict_at_the_next_look(two):
    marie, paul = two
    decide(marie, "ana")
    shown = paul.reply({"do": "decide", "focal_point": "promotions", "set": {"owner": "bo"}}, {})
    assert shown["conflicts"] == []
    paul.session.flush()
    assert len(paul.reply({"do": "poll"}, shown)["conflicts"]) == 1


def changes(screen, party):
    from workbook.widgets import commands

    return commands.decide(screen.session.engagement, "promotions", {"owner": party}, AS_OF)


@pytest.mark.parametrize(("keep", "kept"), [("mine", "ana"), ("theirs", "bo")])
def test_a_conflict_is_settled_by_one_press_for_both(two, keep, kept):
    marie, paul = two
    marie.session.record(*changes(marie, "ana"))
    paul.session.record(*changes(paul, "bo"))
    marie.hear({"do": "poll"})
    marie.hear({"do": "settle", "key": "decision/promotions", "keep": keep})
    paul.hear({"do": "poll"})
    assert (owner(marie), owner(paul)) == (kept, kept)
    assert marie.view()["conflicts"] == paul.view()["conflicts"] == []


def test_whoever_had_no_part_in_a_conflict_chooses_between_two_names(two, workspace):
    marie, paul = two
    marie.session.record(*changes(marie, "ana"))
    paul.session.record(*changes(paul, "bo"))
    zoe = at(workspace, marie.session.key, "Zoe")
    (conflict,) = zoe.view()["conflicts"]
    assert conflict["text"] == "Marie and Paul changed this at the same time."
    assert (conflict["mine"], conflict["theirs"]) == ("Take Marie’s: Ana", "Take Paul’s: Bo")
    zoe.hear({"do": "settle", "key": "decision/promotions", "keep": "mine"})
    assert owner(zoe) == "ana"


def test_undo_takes_back_only_what_this_person_did(two):
    marie, paul = two
    decide(marie, "ana")
    paul.hear({"do": "poll"})
    paul.hear({"do": "decide", "focal_point": "oms", "set": {"owner": "bo"}})
    paul.session.flush()
    marie.hear({"do": "poll"})
    marie.hear({"do": "undo"})
    assert owner(marie) is None
    assert marie.session.engagement.standing_decisions()["oms"].owner == "bo"


def test_a_store_that_is_away_keeps_what_was_said_and_writes_it_when_it_is_back(fresh, workspace):
    database = workspace.path / "workbook.db"
    away = database.with_suffix(".away")
    fresh.session.flush()
    database.rename(away)
    database.mkdir()
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"note": "typed while away"}})
    fresh.hear({"do": "poll"})
    saved = fresh.view()["saved"]
    assert (saved["state"], "One change is kept" in saved["text"]) == ("away", True)
    database.rmdir()
    away.rename(database)
    fresh.hear({"do": "poll"})
    assert fresh.view()["saved"]["state"] == "saved"
    again = workspace.open(fresh.session.key)
    assert again.engagement.standing_decisions()["promotions"].note == "typed while away"


def test_a_reload_resumes_where_the_screen_was(fresh, workspace):
    fresh.hear({"do": "go", "step": "technology"})
    fresh.session.flush()
    again = Conversation(workspace, None, as_of=AS_OF)
    again.hear(
        {
            "do": "hello",
            "query": {"engagement": fresh.session.key, "step": "technology", "lang": "fr"},
        }
    )
    assert (again.view()["engagement"], again.state.step, again.state.language) == (
        fresh.session.key,
        "technology",
        "fr",
    )


def conflict_of(two, *pairs):
    """The conflict that Marie sees once both have said theirs unseen by each other."""
    marie, paul = two
    for screen, given in zip((marie, paul), pairs, strict=True):
        from workbook.widgets import commands

        engagement = screen.session.engagement
        screen.session.record(*commands.decide(engagement, "promotions", given, AS_OF))
    marie.hear({"do": "poll"})
    (conflict,) = marie.view()["conflicts"]
    return conflict["mine"], conflict["theirs"]


TOLD = {
    "the deputy": (
        ({"owner": "ana", "deputy": "bo"}, {"owner": "ana", "deputy": "none"}),
        ("Keep mine: Deputy: Bo", "Take theirs: Deputy: None"),
    ),
    "a ruling": (
        ({"owner": "ana"}, {"state": "not_applicable", "reason": "no shops"}),
        ("Keep mine: Ana", "Take theirs: Not applicable"),
    ),
    "whether it was taken on": (
        (
            {"owner": "ana", "acceptance": {"state": "accepted", "on": "2026-11-23"}},
            {"owner": "ana", "acceptance": {"state": "declined", "on": "2026-11-23"}},
        ),
        ("Keep mine: Role taken on: Accepted", "Take theirs: Role taken on: Declined"),
    ),
    "the note": (
        ({"note": "since May"}, {"note": "since June"}),
        ("Keep mine: Note: since May", "Take theirs: Note: since June"),
    ),
}


TOGETHER = {
    "a deputy and a note": ({"deputy": "bo"}, {"note": "since May"}),
    "an owner and a deputy": ({"owner": "ana"}, {"deputy": "bo"}),
    "an owner who is the other’s deputy": ({"owner": "ana"}, {"deputy": "ana"}),
    "an owner and how sure they are of nobody": ({"owner": "ana"}, {"confidence": "guess"}),
    "the same owner, and a note": ({"owner": "ana", "note": "x"}, {"owner": "ana"}),
    "two notes": ({"note": "since May"}, {"note": "since June"}),
}
STAND = {"a deputy and a note", "an owner and a deputy", "the same owner, and a note"}


@pytest.mark.parametrize(("name", "pairs"), TOGETHER.items(), ids=TOGETHER.keys())
def test_what_two_say_of_a_subject_can_both_stand_where_it_does_not_contradict(two, name, pairs):
    marie, _ = two
    conflict_of(two, *pairs)
    (conflict,) = marie.view()["conflicts"]
    assert (conflict["both"] == "Keep both") is (name in STAND)
    if name in STAND:
        marie.hear({"do": "settle", "key": conflict["key"], "keep": "both"})
        decision = marie.session.engagement.standing_decisions()["promotions"]
        for field, value in (pairs[0] | pairs[1]).items():
            assert getattr(decision, field) == value
        assert marie.view()["conflicts"] == []


@pytest.mark.parametrize(("name", "pairs"), TOGETHER.items(), ids=TOGETHER.keys())
def test_two_words_tell_what_can_both_stand_from_what_somebody_must_choose(two, name, pairs):
    marie, _ = two
    conflict_of(two, *pairs)
    (conflict,) = marie.view()["conflicts"]
    assert conflict["word"] == ("Parallel changes" if name in STAND else "Conflict")
    assert ("different things" in conflict["text"]) is (name in STAND)


def test_what_was_settled_is_kept_with_both_sides(two):
    marie, paul = two
    marie.session.record(*changes(marie, "ana"))
    paul.session.record(*changes(paul, "bo"))
    marie.hear({"do": "poll"})
    marie.hear({"do": "settle", "key": "decision/promotions", "keep": "mine"})
    said = [
        (event.actor, event.value["owner"])
        for event in marie.session.history(("decision", "promotions"))
    ]
    assert said == [("Marie", "ana"), ("Paul", "bo"), ("Marie", "ana")]


def test_systems_that_two_add_and_take_away_at_the_same_time_can_both_stand(two):
    marie, paul = two
    for screen, members in ((marie, ["oms"]), (marie, ["oms", "erp"]), (paul, ["crm"])):
        screen.session.record(Change(("scope", "systems"), members))
        if members == ["oms"]:
            paul.hear({"do": "poll"})
    marie.hear({"do": "poll"})
    (conflict,) = marie.view()["conflicts"]
    marie.hear({"do": "settle", "key": conflict["key"], "keep": "both"})
    assert set(marie.session.value(("scope", "systems"))) == {"erp", "crm"}


def test_a_person_who_was_removed_by_one_and_changed_by_the_other_is_either_there_or_not(two):
    marie, paul = two
    marie.session.record(Change(("person", "ana"), None))
    paul.session.record(Change(("person", "ana"), {"name": "Ana", "unit": "Sales"}))
    marie.hear({"do": "poll"})
    (conflict,) = marie.view()["conflicts"]
    assert conflict["both"] is None


@pytest.mark.parametrize(("pairs", "told"), TOLD.values(), ids=TOLD.keys())
def test_the_two_values_of_a_conflict_are_told_by_what_differs(two, pairs, told):
    assert conflict_of(two, *pairs) == told


def test_whether_names_are_shown_is_told_as_yes_or_no(two):
    for screen, shown in zip(two, (False, True), strict=True):
        screen.hear({"do": "names", "shown": shown})
        screen.session.flush()
    marie, _ = two
    marie.hear({"do": "poll"})
    (conflict,) = marie.view()["conflicts"]
    told = [conflict[key] for key in ("title", "mine", "theirs")]
    assert told == ["Ask without names", "Keep mine: yes", "Take theirs: no"]


def test_two_answers_to_a_question_are_told_by_their_titles(two):
    for screen, value in zip(two, ("weekly", "monthly"), strict=True):
        command = {"question": "checkpoint_cadence", "set": {"value": value}}
        screen.hear({"do": "answer", **command})
    for screen in two:
        screen.session.flush()
    marie, _ = two
    marie.hear({"do": "poll"})
    (conflict,) = marie.view()["conflicts"]
    assert (conflict["mine"], conflict["theirs"]) == (
        "Keep mine: Weekly, in the project committee",
        "Take theirs: Monthly, in the steering committee",
    )


@pytest.fixture
def away(fresh, workspace):
    """The store is gone until the test brings it back."""
    fresh.session.flush()
    database, elsewhere = workspace.path / "workbook.db", workspace.path / "away.db"
    database.rename(elsewhere)
    database.mkdir()

    def back():
        database.rmdir()
        elsewhere.rename(database)

    return back


def test_the_sign_says_that_the_store_is_away_before_anything_is_typed(fresh, away):
    fresh.hear({"do": "poll"})
    assert fresh.view()["saved"]["state"] == "away"
    assert "kept here" in fresh.view()["saved"]["text"]
    away()
    fresh.hear({"do": "poll"})
    assert fresh.view()["saved"]["state"] == "saved"


def test_a_page_that_comes_up_while_the_store_is_away_opens_by_itself(fresh, workspace, away):
    key = fresh.session.key
    early = Conversation(workspace, None, as_of=AS_OF, language="en")
    shown = early.view()
    assert "cannot be reached" in shown["notice"]["text"]
    hello = {"do": "hello", "query": {"engagement": key, "step": "technology"}, "actor": "Paul"}
    shown = early.reply(hello, shown)
    assert shown["engagement"] is None
    for _ in range(2):
        shown = early.reply({"do": "poll"}, shown)
        assert "cannot be reached" in shown["notice"]["text"]
    away()
    shown = early.reply({"do": "poll"}, shown)
    assert (shown["engagement"], shown["step"], shown["actor"]) == (key, "technology", "Paul")
    assert shown["notice"] is None


def test_the_choice_of_engagements_follows_the_store(fresh, workspace, away):
    home = Conversation(workspace, None, as_of=AS_OF, language="en")
    shown = home.reply({"do": "hello", "query": {}, "actor": "Paul"}, home.view())
    assert (shown["page"]["recent"], bool(shown["page"]["examples"])) == ([], True)
    away()
    shown = home.reply({"do": "poll"}, shown)
    assert [tile["key"] for tile in shown["page"]["recent"]] == [fresh.session.key]
    assert shown["notice"] is None


def test_a_moment_is_signed_off_in_the_store_or_not_at_all(fresh, away):
    fresh.hear({"do": "baseline", "name": "Kick-off"})
    assert "cannot save now" in fresh.view()["notice"]["text"]
    away()
    fresh.hear({"do": "poll"})
    assert fresh.session.baselines == ()
    fresh.hear({"do": "baseline", "name": "Kick-off"})
    assert [one.name for one in fresh.session.baselines] == ["Kick-off"]


def test_what_cannot_be_done_is_said_in_the_language_of_the_screen(fresh):
    fresh.hear({"do": "speak", "language": "fr"})
    for name in ("Ana", "Bo"):
        fresh.hear({"do": "add_party", "party": {"kind": "person", "name": name}})
        fresh.hear({"do": "baseline", "name": "Lancement"})
    assert fresh.view()["notice"]["text"] == (
        "Il y a déjà une référence «\N{NO-BREAK SPACE}Lancement\N{NO-BREAK SPACE}»"
        "\N{NO-BREAK SPACE}: choisissez un autre nom."
    )


def test_the_name_proposed_for_a_moment_is_always_free(fresh):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana"}})
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    fresh.hear({"do": "go", "step": "review"})
    fresh.hear({"do": "tab", "tab": "signoff"})
    for _ in range(3):
        fresh.hear({"do": "baseline", "name": fresh.view()["page"]["content"]["suggested"]})
        assert fresh.view()["notice"] is None
    assert len(fresh.session.baselines) == 3


def test_whoever_is_named_somewhere_is_not_removed_unseen(fresh):
    fresh.hear({"do": "add_party", "party": {"kind": "person", "name": "Ana"}})
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    fresh.hear({"do": "person", "id": "ana", "set": None})
    assert "Ana is named in one place" in fresh.view()["notice"]["text"]
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "nobody"}})
    fresh.hear({"do": "person", "id": "ana", "set": None})
    assert fresh.session.engagement.people == ()


def test_what_a_notice_says_outlives_a_look_at_the_store(fresh):
    fresh.hear({"do": "facts", "about": "organisation", "set": {"name": " "}})
    said = fresh.state.notice
    shown = fresh.reply({"do": "poll"}, fresh.view())
    assert said
    assert shown["notice"] == fresh.view()["notice"] == said


def test_a_moment_named_twice_by_a_double_click_is_one_moment(fresh):
    for _ in range(2):
        fresh.hear({"do": "baseline", "name": "Kick-off"})
    assert ([one.name for one in fresh.session.baselines], fresh.state.notice) == (
        ["Kick-off"],
        None,
    )


def test_an_engagement_begun_twice_by_a_double_click_is_one_engagement(workspace):
    screen = Conversation(workspace, None, as_of=AS_OF)
    facts = {"name": "Dbl Ltd", "profile": "large", "business_models": ["b2c"]}
    for _ in range(2):
        screen.hear({"do": "new", **facts, "go_live": "2027-09-30"})
    assert [one.key for one in workspace.engagements()] == ["dbl-ltd"]
    screen.hear({"do": "close_engagement"})
    screen.hear({"do": "new", **facts, "go_live": "2027-09-30"})
    assert len(workspace.engagements()) == 2


def test_whoever_says_another_name_is_recorded_by_it_from_then_on(fresh):
    for name in ("Léa", "  "):  # a blank name is none
        fresh.hear({"do": "actor", "name": name})
        fresh.hear({"do": "facts", "about": "programme", "set": {"name": f"Réveil {name}"}})
        fresh.session.flush()
        assert fresh.session.history()[-1].actor == "Léa"


def test_an_address_without_names_opens_a_screen_without_names(talk):
    screen = talk("maison-lorient")
    for names, nameless in (("off", True), ("on", False)):
        screen.hear({"do": "hello", "query": {"names": names}})
        assert screen.state.nameless is nameless


def test_a_conflict_that_somebody_settled_meanwhile_is_left_as_it_is(two):
    marie, _ = two
    before = marie.session.history()
    marie.hear({"do": "settle", "key": "decision/promotions", "keep": "mine"})
    assert marie.session.history() == before


def test_an_address_with_the_page_of_another_framework_opens_the_first_page(talk):
    screen = talk("maison-lorient", "experience")
    screen.hear({"do": "hello", "query": {"engagement": "lantern-games", "step": "experience"}})
    assert (screen.session.key, screen.state.step) == ("lantern-games", "start")
