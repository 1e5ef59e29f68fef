"""What is kept between two evaluations belongs to an evaluator, and goes with it."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import weakref
from dataclasses import replace

import workbook.scoring
import workbook.widgets.views
from tests.small import AS_OF, engagement, rules, says
from tests.unit.test_findings import RULES as FOUND
from tests.unit.test_findings import asked
from workbook.scoring import Evaluator, evaluate
from workbook.scoring.identity_cache import LIMIT, IdentityCache, IdentityCaches

RULES = rules()


def test_an_evaluator_gives_what_an_evaluation_alone_gives() -> None:
    evaluator, decided = Evaluator(), engagement(decisions=[{"focal_point": "f3", "owner": "bo"}])
    for one in (engagement(), decided, engagement(), decided):
        assert evaluator.evaluate(RULES, one, AS_OF) == evaluate(RULES, one, AS_OF)


def test_numbers_come_first_and_advice_adds_nothing_but_what_follows_from_them() -> None:
    whole, scored = (
        evaluate(RULES, engagement(), AS_OF),
        Evaluator().score(RULES, engagement(), AS_OF),
    )
    nothing = {"findings": (), "actions": (), "steps": (), "outlook": None, "forecast": ()}
    unadvised = replace(whole, **nothing)
    assert scored.numbers == unadvised
    assert scored.advised(whole.advice) == whole


def test_an_engagement_is_read_again_only_where_it_changed() -> None:
    evaluator, before = Evaluator(), engagement()
    after = before.model_copy(update={"decisions": ()})
    panels = [evaluator.read(RULES, one).panels for one in (before, after)]
    assert [key for key in panels[0] if panels[0][key] is not panels[1][key]] == ["f1"]


def test_what_somebody_who_withdrew_has_said_counts_again_where_nobody_is_named() -> None:
    """Without names nobody can have withdrawn, and the evaluator has read who had."""
    voices = [{"id": "r1", "withdrawn": True}, {"id": "r2"}, {"id": "r3"}]
    said = [says("r1", "f1", "ana", role=role) for role in "ARC"]
    answers = [{"question": "day_one", "respondent": "r1", "value": "no"}]
    named = asked(respondents=voices, nominations=said, answers=answers)
    nameless = named.model_copy(update={"anonymous": True})
    evaluator = Evaluator()
    for one in (named, nameless, named):
        assert evaluator.evaluate(FOUND, one, AS_OF) == evaluate(FOUND, one, AS_OF)
    kinds = {finding.kind for finding in evaluator.evaluate(FOUND, nameless, AS_OF).findings}
    assert {"too_many_roles", "it_not_from_day_one"} <= kinds


def test_what_an_evaluator_keeps_goes_with_it() -> None:
    evaluator, one = Evaluator(), engagement()
    person = weakref.ref(one.people[0])
    evaluator.evaluate(RULES, one, AS_OF)
    evaluate(RULES, one, AS_OF)
    del evaluator, one
    gc.collect()
    assert person() is None, "somebody is remembered by a module"


def test_no_module_of_scoring_or_of_the_views_holds_a_cache_of_results() -> None:
    caches = (IdentityCache, IdentityCaches)
    for package in (workbook.scoring, workbook.widgets.views):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            values = vars(importlib.import_module(info.name)).values()
            assert not [value for value in values if isinstance(value, caches)], info.name


def test_a_cache_of_many_names_stays_bounded() -> None:
    caches: IdentityCaches[int] = IdentityCaches()
    for name in range(LIMIT + 10):
        assert caches.get(name, (), lambda name=name: name) == name  # type: ignore[misc]
    assert len(caches._by_name) == LIMIT
    assert caches.get(0, (), lambda: -1) == -1, "the first names went"
