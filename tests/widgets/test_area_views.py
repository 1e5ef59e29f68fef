"""What an area's page says: cards, conditional questions, honest progress, what changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.widgets.conftest import AS_OF
from workbook.model.engagement import Answer
from workbook.model.evaluation import Score, Status, Urgency
from workbook.scoring.plan import plan
from workbook.widgets.conversation import Conversation
from workbook.widgets.views.side import helps, score_view, side_view
from workbook.wording.figures import point_text
from workbook.workspace import Change

AGREED = {"do": "answer", "instance": None}


def card(screen, key):
    return screen.view()["page"]["cards"]["by"][key]


def asked(screen):
    return [group["key"] for group in screen.view()["page"]["questions"]]


def step(screen, key):
    return next(item for item in screen.view()["nav"]["steps"] if item["key"] == key)


def with_people(screen, *people):
    for name, title in people:
        screen.hear({"do": "add_party", "party": {"kind": "person", "name": name, "title": title}})


CHIPS = [
    ({"owner": "ana"}, ("ready", "Ana · decided")),
    ({"owner": "nobody"}, ("not", "Nobody")),
    ({"owner": "vacant"}, ("not", "Vacant post")),
    ({"owner": "crew"}, ("risk", "Crew · no lead")),
    ({"state": "unknown"}, ("unknown", "Nobody knows yet")),
    ({"state": "not_applicable", "reason": "no shop"}, ("unknown", "Not applicable")),
    ({"discuss_later": True}, ("unknown", "To be discussed")),
    ({}, ("unknown", "Not yet owned")),
]


@pytest.mark.parametrize(("given", "chip"), CHIPS)
def test_a_card_says_where_it_stands(fresh, given, chip):
    with_people(fresh, ("Ana", "VP of Ecommerce"))
    fresh.hear({"do": "add_party", "party": {"kind": "team", "name": "Crew"}})
    fresh.hear({"do": "go", "step": "experience"})
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": given})
    found = card(fresh, "promotions")["chip"]
    assert (found["tone"], found["text"]) == chip


@pytest.mark.parametrize(
    ("title", "hint"),
    [
        ("VP of Ecommerce", None),
        ("Head of Sales", "fits mainly where the business is B2B"),
        ("ERP engineer", "not a typical title"),
        ("Grand Mufti", "not a title we recognise"),
        ("", "no job title yet"),
    ],
)
def test_a_title_that_does_not_fit_is_a_hint_never_an_error(fresh, title, hint):
    with_people(fresh, ("Ana", title))
    fresh.hear({"do": "go", "step": "experience"})
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    hints = [one["text"] for one in card(fresh, "promotions")["hints"]]
    assert [hint in one for one in hints] == [True] * len(hints) if hint else not hints
    assert bool(hints) is bool(hint)


def test_a_deputy_who_leads_the_owning_team_is_a_hint(fresh):
    """The lead answers for a team, so that nobody would stand in."""
    with_people(fresh, ("Ana", "VP of Ecommerce"))
    team = {"kind": "team", "name": "Shop", "lead": "ana"}
    fresh.hear({"do": "add_party", "party": team})
    fresh.hear({"do": "go", "step": "experience"})
    owned = {"owner": "shop", "deputy": "ana"}
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": owned})
    assert "The deputy is the owner" in card(fresh, "promotions")["hints"][-1]["text"]


def test_what_the_group_has_settled_is_offered_until_it_is_decided_here(fresh):
    with_people(fresh, ("Ana", "VP of Ecommerce"))
    fresh.hear({"do": "go", "step": "experience"})
    entry = {"group": "Group SA", "owner": "ana", "deputy": None}
    fresh.session.record(Change(("inherited", "promotions", ""), entry))
    offered = card(fresh, "promotions")["inherited"]
    assert (offered["owner"], offered["text"]) == ("ana", "Ana, inherited from Group SA")
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    assert card(fresh, "promotions")["inherited"] is None


def test_a_title_kept_with_a_reason_is_no_hint_any_more(fresh):
    with_people(fresh, ("Ana", "ERP engineer"))
    fresh.hear({"do": "go", "step": "experience"})
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    fresh.hear(
        {"do": "decide", "focal_point": "promotions", "set": {"title_reason": "ran it for years"}}
    )
    assert card(fresh, "promotions")["hints"] == []


def test_a_conditional_question_appears_when_its_parent_opens_it(fresh):
    fresh.hear({"do": "go", "step": "executive_sponsor"})
    assert "checkpoint_calendar" not in asked(fresh)
    fresh.hear({**AGREED, "question": "checkpoint_cadence", "set": {"value": "monthly"}})
    assert "checkpoint_calendar" in asked(fresh)
    fresh.hear({**AGREED, "question": "checkpoint_cadence", "set": {"value": "none"}})
    assert "checkpoint_calendar" not in asked(fresh)


def test_a_calendar_waits_for_the_start_of_the_programme(fresh):
    fresh.hear({"do": "facts", "about": "programme", "set": {"start": None}})
    fresh.hear({"do": "go", "step": "executive_sponsor"})
    fresh.hear({**AGREED, "question": "checkpoint_cadence", "set": {"value": "monthly"}})
    fresh.hear({**AGREED, "question": "checkpoint_calendar", "set": {"value": ["2027-08-30"]}})

    def said():
        groups = fresh.view()["page"]["questions"]
        calendar = next(group for group in groups if group["key"] == "checkpoint_calendar")
        return calendar["items"][0]["chip"]["text"]

    assert said() == "Counts once the programme has a start"
    fresh.hear({"do": "facts", "about": "programme", "set": {"start": "2027-08-01"}})
    assert said() != "Counts once the programme has a start"


def test_a_question_per_system_is_asked_for_every_system_in_scope(fresh):
    fresh.hear({"do": "facts", "about": "scope", "group": "systems", "set": ["oms", "pim"]})
    fresh.hear({"do": "go", "step": "technology"})
    groups = [group for group in fresh.view()["page"]["questions"] if group["per"]]
    assert groups
    assert all({item["instance"] for item in group["items"]} == {"oms", "pim"} for group in groups)


def test_progress_counts_only_what_was_really_answered(fresh):
    with_people(fresh, ("Ana", "CTO"))
    assert step(fresh, "experience")["progress"].startswith("0/")
    fresh.hear({"do": "decide", "focal_point": "shipment_tracking", "set": {"discuss_later": True}})
    assert step(fresh, "experience")["progress"].startswith("0/")
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"state": "unknown"}})
    assert step(fresh, "experience")["progress"].startswith("1/"), "“don’t know” is an answer"
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    assert step(fresh, "experience")["progress"].startswith("1/")


def test_what_is_missing_shrinks_with_every_answer(fresh):
    with_people(fresh, ("Ana", "CTO"))
    fresh.hear({"do": "go", "step": "experience"})
    before = fresh.view()["side"]["missing_title"]
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "ana"}})
    after = fresh.view()["side"]["missing_title"]
    assert int(before.split()[0]) - int(after.split()[0]) == 1


def test_what_changed_tells_points_range_and_findings(talk):
    screen = talk("tidewater-outdoor")
    assert screen.view()["side"]["changes"] == []
    screen.hear({"do": "decide", "focal_point": "promotions", "set": {"owner": "nobody"}})
    lines = [line["text"] for line in screen.view()["side"]["changes"]]
    assert any(line.startswith("Overall −") for line in lines)
    assert any(line.startswith("New: ") for line in lines)


def test_the_language_changes_at_any_moment_and_nothing_is_lost(fresh):
    with_people(fresh, ("Ana", "CTO"))
    fresh.hear({"do": "go", "step": "experience"})
    fresh.hear(
        {"do": "decide", "focal_point": "promotions", "set": {"owner": "ana", "note": "déjà"}}
    )
    english = fresh.view()
    fresh.hear({"do": "speak", "language": "fr"})
    french = fresh.view()
    assert french["page"]["heading"] != english["page"]["heading"]
    kept = ("owner", "note", "state", "confidence")
    assert [card(fresh, "promotions")[key] for key in kept] == [
        english["page"]["cards"]["by"]["promotions"][key] for key in kept
    ]
    assert french["side"]["block"]["score"]["low"] == english["side"]["block"]["score"]["low"]


def test_anonymous_engagements_show_no_respondent_and_no_small_group(talk):
    screen = talk("maison-lorient")
    names = {r.name for r in screen.session.engagement.respondents if r.name}
    votes = card(screen, "promotions")["votes"]
    assert votes
    screen.session.record(Change(subject=("anonymous",), value=True))
    said = str(card(screen, "promotions")["votes"])
    assert "votes" in said
    assert not [name for name in names if name in said]


@pytest.fixture
def hushed(talk, workspace):
    """The example in anonymous mode, with so many voices on one focal point and no decision."""

    def open_screen(focal_point, voices):
        base = talk("maison-lorient").session.engagement
        about = [n for n in base.nominations if n.focal_point == focal_point]
        said = [n for n in about if n.role == "A" and n.party]
        rest = [n for n in base.nominations if n not in about]
        few = {
            "key": "hushed",
            "anonymous": True,
            "nominations": (*rest, *said[:voices]),
            "decisions": tuple(d for d in base.decisions if d.focal_point != focal_point),
        }
        session = workspace.new(base.model_copy(update=few))
        return Conversation(workspace, session, as_of=AS_OF, step="review", language="en")

    return open_screen


def told(screen):
    """Everything that the review, the area and its reasons tell."""
    said = []
    for tab in ("map", "findings", "actions", "agenda"):
        screen.hear({"do": "tab", "tab": tab})
        said.append(screen.view())
    screen.hear({"do": "go", "step": "experience"})
    screen.hear({"do": "why", "of": "experience"})
    return [*said, screen.view()]


def test_anonymous_screens_tell_nothing_that_rests_on_few_voices(hushed):
    screen = hushed("promotions", 3)
    map_, findings, actions, agenda, area = told(screen)
    row = map_["page"]["content"]["rows"]["promotions"]
    assert (row["state"], row["cells"]) == ("open", {})
    assert row["chip"]["text"] == "Few answers, not shown"
    for view in (findings, actions, agenda):
        assert "'focus': 'promotions'" not in str(view["page"]["content"])
    reasons = [row for row in area["why"]["rows"] if row["title"] == "Promotions"]
    assert {row["value"] for row in reasons} == {"Few answers, not shown"}
    assert {row["contribution"] for row in reasons} == {"–"}
    shown = card(screen, "promotions")
    assert (shown["chip"]["text"], shown["votes"]) == ("Few answers, not shown", [])


def test_answers_of_few_to_a_question_are_not_shown_in_anonymous_mode(talk, workspace):
    engagement = workspace.open("maison-lorient").engagement
    question, values = "checkpoint_cadence", ("weekly", "monthly", "never")
    few = [
        Answer(question=question, respondent=r.id, value=value)
        for r, value in zip(engagement.respondents, values, strict=False)
    ]
    others = (answer for answer in engagement.answers if answer.question != question)
    facts = {"key": "few", "anonymous": True, "answers": (*others, *few)}
    workspace.new(engagement.model_copy(update=facts))
    screen = talk("few", step="executive_sponsor")
    (group,) = [g for g in screen.view()["page"]["questions"] if g["key"] == question]
    assert group["items"][0]["chip"]["text"] == "Few answers, not shown"
    screen.hear({"do": "why", "of": "executive_sponsor"})
    rows = [row for row in screen.view()["why"]["rows"] if row["title"] == group["title"]]
    assert {row["value"] for row in rows} == {"Few answers, not shown"}


def test_the_side_never_offers_what_would_gain_nothing(talk):
    scene = talk("maison-lorient").scene
    assert helps(scene, None)
    nothing = tuple(replace(action, gain_low=0.0) for action in scene.evaluation.actions)
    useless = replace(scene, evaluation=replace(scene.evaluation, actions=nothing))
    urgent = [a.key for a in nothing if a.urgency is not Urgency.GAIN]
    assert [action["key"] for action in helps(useless, None, len(nothing))] == urgent


def test_no_step_of_an_anonymous_plan_rests_on_few_voices(hushed):
    screen = hushed("promotions", 3)
    found = plan(screen.scene.rules, screen.engagement, AS_OF, budget_hours=1000)
    shown = {action.key for action in screen.scene.disclosure.actions}
    assert {action.key for action in found.actions} <= shown
    assert found.actions
    hidden = {action.key for action in screen.scene.evaluation.actions} - shown
    assert hidden


def test_anonymous_screens_tell_what_rests_on_enough_voices(hushed):
    screen = hushed("promotions", 5)
    map_, findings, *_ = told(screen)
    assert map_["page"]["content"]["rows"]["promotions"]["cells"]
    assert "'focus': 'promotions'" in str(findings["page"]["content"])
    notes = [n.note for n in screen.session.engagement.nominations if n.note]
    assert notes
    assert not [note for note in notes if note in str(findings)]


def test_what_a_line_can_bring_is_what_it_brings_and_what_is_missing(talk):
    screen = talk("tidewater-outdoor")
    for of in ("experience", "overall"):
        screen.hear({"do": "why", "of": of})
        rows = [row for row in screen.view()["why"]["rows"] if row["weight"] != "–"]
        assert rows
        parts = [[float(row[key]) for key in ("weight", "contribution", "loss")] for row in rows]
        assert all(abs(weight - brought - lost) < 0.011 for weight, brought, lost in parts)
        assert abs(sum(weight for weight, *_ in parts) - 100) < 0.01 * len(rows)


def test_each_step_of_the_waterfall_begins_where_the_one_before_ended(talk):
    screen = talk("tidewater-outdoor")
    for of in ("experience", "overall", "experience/named"):
        screen.hear({"do": "why", "of": of})
        *steps, total = screen.view()["why"]["steps"]
        ends = [0.0, *(step["start"] + step["brought"] for step in steps)]
        starts = [*(step["start"] for step in steps), total["brought"]]
        assert all(abs(end - start) < 1e-9 for end, start in zip(ends, starts, strict=True))


def test_the_side_prints_what_the_report_prints(talk):
    scene = talk().scene
    noisy = Score(53.9999999999, 80.0, 100.0000000001, Status.SCORED)
    assert score_view(scene, noisy, "Overall")["range"] == "54 – 100 possible"


def test_the_side_shows_no_point_of_which_only_the_range_may_be_read(talk):
    scene = talk("groupe-kervadec").scene
    bars = side_view(scene, scene.rules.area("experience"))["criteria"]
    scores = [one.score for one in scene.scores["experience"].criteria]
    assert any(score.status is Status.INDICATIVE for score in scores)
    for score, bar in zip(scores, bars, strict=True):
        assert (bar["point"] is None) == (score.status is not Status.SCORED)
        assert bar["text"] == point_text(score, scene.voice)


def test_before_anything_is_said_no_verdict_is_shown(fresh):
    for step in ("start", "experience", "review"):
        fresh.hear({"do": "go", "step": step})
        block = fresh.view()["side"]["block"]
        assert (block["level"]["tone"], block["gates"]) == ("unknown", []), step
        assert block["level"]["text"] == "Nothing said yet", step


def test_a_level_that_answers_can_still_change_is_its_span_without_a_colour(talk):
    screen = talk("maison-lorient")
    level = screen.scene.evaluation.level
    assert not level.confirmed
    shown = screen.view()["side"]["block"]["level"]
    assert shown["tone"] == "unknown"
    assert shown["text"] == "At risk to Nearly ready, provisional"


def test_criteria_and_areas_show_their_range_while_it_is_open(talk):
    screen = talk("maison-lorient")
    for step in ("start", "experience"):
        screen.hear({"do": "go", "step": step})
        bars = screen.view()["side"]["criteria"]
        assert any(bar["range"] for bar in bars)
        for bar in bars:
            assert bool(bar["range"]) == (bar["point"] is not None and bar["low"] != bar["high"])


def test_what_helps_stands_in_the_order_of_the_reports(talk):
    scene = talk("maison-lorient").scene
    first, *_ = listed = scene.disclosure.actions[:3]
    # A must-have that nobody has answered comes first, although asking adds no point.
    assert first.urgency is not Urgency.GAIN
    assert [line["key"] for line in helps(scene, None)] == [action.key for action in listed]


def test_what_is_missing_is_counted_for_the_whole_and_dont_know_is_no_gap(fresh):
    fresh.hear({"do": "go", "step": "review"})
    before = fresh.view()
    count = int(before["side"]["missing_title"].split()[0])
    fresh.hear({"do": "decide", "focal_point": "promotions", "set": {"state": "unknown"}})
    after = fresh.view()
    assert int(after["side"]["missing_title"].split()[0]) == count - 1
    done = [
        next(step["progress"] for step in view["nav"]["steps"] if step["key"] == "experience")
        for view in (before, after)
    ]
    assert [text.split("/")[0] for text in done] == ["0", "1"]
