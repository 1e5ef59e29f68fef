"""Next best actions on the review: what is asked and what the plan says, live and on paper."""

from __future__ import annotations

import math

import pytest

from workbook.scoring import plan as scoring
from workbook.widgets import planner
from workbook.widgets.pages import static_page

EXAMPLE = "maison-lorient"


def actions(screen):
    """The tab of actions as it is shown."""
    screen.hear({"do": "tab", "tab": "actions"})
    return screen.view()["page"]["content"]


def planned(screen, **wanted):
    screen.hear({"do": "plan", **wanted})
    return actions(screen)["plan"]


def test_it_is_quiet_until_somebody_asks_and_after_it_is_dropped(talk):
    screen = talk(EXAMPLE, "review")
    assert actions(screen)["plan"] is None
    assert planned(screen, target=60)
    assert planned(screen) is None


@pytest.mark.parametrize(
    ("example", "target"), [(EXAMPLE, 65), ("groupe-kervadec", 40), ("northgate-home", 100)]
)
def test_the_first_proposal_is_where_the_next_level_begins(talk, example, target):
    screen = talk(example, "review")
    assert actions(screen)["wanted"] == {"target": target, "budget": None}
    low = screen.scene.evaluation.score.low
    starts = [level.start for level in screen.scene.rules.levels]
    assert not [start for start in starts if low < start < target]


@pytest.mark.parametrize("wanted", [{"target": 60}, {"budget": 8}, {"target": "60", "budget": ""}])
def test_the_steps_come_in_order_and_add_up_to_the_plan(talk, wanted):
    screen = talk(EXAMPLE, "review")
    plan = planned(screen, **wanted)
    assert [row["number"] for row in plan["rows"]] == [
        str(place) for place in range(1, len(plan["rows"]) + 1)
    ]
    before = screen.scene.evaluation.score.low
    gained = sum(float(row["gain"]) for row in plan["rows"])
    assert math.isclose(before + gained, plan["low"], abs_tol=0.06 * len(plan["rows"]))
    assert math.isclose(float(plan["gain"]), plan["low"] - before, abs_tol=0.051)
    assert plan["after"]["low"] == plan["low"]
    assert plan["before"]["low"] == before
    assert all(row["who"] and row["effort"] for row in plan["rows"])


def test_a_budget_is_kept_and_a_target_is_reached(talk):
    screen = talk(EXAMPLE, "review")
    assert planned(screen, target=60)["low"] >= 60
    planned(screen, budget=3)
    found = screen.moment().plan
    assert 0 < found.effort_hours <= 3


@pytest.mark.parametrize(
    ("example", "wanted", "lead"),
    [
        (EXAMPLE, {"target": 60}, "steps take the certain score from"),
        (EXAMPLE, {"target": 1}, "Nothing needs doing"),
        (EXAMPLE, {"budget": 0}, "No step that gains anything fits"),
        ("groupe-kervadec", {"target": 90}, "That score cannot be reached. This comes nearest"),
    ],
)
def test_the_lead_says_what_comes_of_it(talk, example, wanted, lead):
    plan = planned(talk(example, "review"), **wanted)
    assert lead in plan["lead"]
    assert plan["reached"] == (not lead.startswith("That score cannot"))


@pytest.mark.parametrize(
    "wanted", [{"target": "much"}, {"target": 101}, {"budget": -1}, {"target": 60, "budget": 8}]
)
def test_what_cannot_be_planned_is_a_notice_and_changes_nothing(talk, wanted):
    screen = talk(EXAMPLE, "review")
    before = planned(screen, target=60)
    screen.hear({"do": "plan", **wanted})
    assert screen.view()["notice"]["tone"] == "not"
    assert actions(screen)["plan"] == before


def test_the_plan_is_made_anew_only_when_something_changes(talk, monkeypatch):
    made = []

    def counted(*given, **aim):
        made.append(aim)
        return scoring.plan(*given, **aim)

    monkeypatch.setattr(planner, "plan", counted)
    screen = talk(EXAMPLE, "review")
    first = planned(screen, target=65)
    for _ in range(3):
        screen.hear({"do": "poll"})
        actions(screen)
    assert len(made) == 1
    step = next(row for row in first["rows"] if row["focus"] in screen.scene.places)
    screen.hear({"do": "decide", "focal_point": step["focus"], "set": {"owner": "ana-ruiz"}})
    assert actions(screen)["plan"] != first
    assert len(made) == 2


def test_a_plan_is_told_in_the_language_of_the_screen(talk):
    plan = planned(talk(EXAMPLE, "review", "fr"), target=60)
    assert "font passer le score acquis de" in plan["lead"]


def test_the_page_on_paper_shows_the_plan_that_was_asked_for(talk):
    screen = talk(EXAMPLE, "review")
    title = screen.view()["words"]["plan_title"]
    assert title not in str(static_page(screen.view(), screen.tabs()))
    plan = planned(screen, target=60)
    html = str(static_page(screen.view(), screen.tabs()))
    assert html.index(title) < html.index(plan["rows"][0]["title"], html.index(title))
    assert plan["lead"] in html
    plan = planned(screen, budget=0)
    assert plan["lead"] in str(static_page(screen.view(), screen.tabs()))


def test_an_action_that_names_nobody_says_whom_it_asks(talk):
    screen = talk("fernhill-supply", step="review")
    screen.hear({"do": "tab", "tab": "actions"})
    rows = screen.view()["page"]["content"]["rows"]
    named = {action.key: action.who for action in screen.scene.evaluation.actions}
    asked = {row["who"] for row in rows if named[row["key"]] is None}
    assert "Facilitator" in asked
    assert "–" not in asked
