"""Sentences that few engagements call for: each is said where it is so, and of nobody by name."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.report.examples import AS_OF, example
from workbook.content import load_framework
from workbook.i18n import voice
from workbook.model.engagement import Answer, Inherited, Nomination, State, Team
from workbook.model.evaluation import Score, Status
from workbook.model.rules import in_force
from workbook.scoring import evaluate
from workbook.scoring.judgements import Judgement
from workbook.wording.actions import title_of
from workbook.wording.answers import answer_word, value_text
from workbook.wording.conclusions import schedule_conclusion
from workbook.wording.evidence import evidence_sentences
from workbook.wording.figures import range_note, share_text, spoken
from workbook.wording.names import Vocabulary
from workbook.wording.ownership import ownership_word
from workbook.wording.phrases import Phrases
from workbook.wording.ranking import judgement_text, ranking_verdict

DAY_ONE = "it_from_day_one"


def phrases(name="maison-lorient", **changes):
    """What is said of an example with some of its facts changed."""
    engagement, rules = example(name)
    changed = engagement.model_copy(update=changes)
    return Phrases(rules, voice("en"), changed, evaluate(rules, changed, AS_OF))


def everybody(count=6):
    respondents = example("maison-lorient").engagement.respondents
    return [respondent.id for respondent in respondents[:count]]


def asked(words, question=DAY_ONE):
    return next(one for one in words.reading.inquiries if one.question.key == question)


@pytest.mark.parametrize(
    ("anonymous", "said"),
    [
        (True, "Have IT contacts been involved from day one? 6 answer “Not yet”."),
        (False, "Have IT contacts been involved from day one? Bruno Fabre, Claire Aubry, "),
    ],
)
def test_without_names_the_evidence_of_a_question_counts_voices(anonymous, said):
    answers = tuple(Answer(question=DAY_ONE, respondent=who, value="no") for who in everybody())
    words = phrases(answers=answers, anonymous=anonymous)
    (finding,) = (each for each in words.findings if each.question == DAY_ONE)
    assert evidence_sentences(words, finding)[0].startswith(said)


def test_without_names_nobody_is_called_by_name_for_an_answer():
    (who,) = everybody(1)
    assert phrases(anonymous=True).respondent(who) == "a respondent"
    assert phrases().respondent(who) not in {"a respondent", who}
    assert phrases().respondent("gone") == "gone"
    assert phrases().respondent(None) == "agreed by the team"


def test_a_question_that_was_ruled_out_and_one_that_the_group_answered_say_so():
    ruling = Answer(question=DAY_ONE, state=State.NOT_APPLICABLE, reason="No IT here")
    words = phrases(answers=(ruling,))
    assert answer_word(words, asked(words), ruling).text == "Not applicable"
    heir = Inherited(group="Group SA", subject=DAY_ONE, value="day_one")
    words = phrases(answers=(), inherited=(heir,))
    said = answer_word(words, asked(words), None).text
    assert said.endswith("inherited from Group SA")
    later = Answer(question=DAY_ONE, discuss_later=True)
    assert answer_word(words, asked(words), later).text == "To be discussed"


def test_what_an_older_framework_asked_is_told_as_it_was_written():
    words = phrases()
    assert value_text(words, "no_such_question", "2027-01-01") == "1 Jan 2027"
    assert value_text(words, "no_such_question", "soon") == "soon"


def test_an_action_that_the_framework_does_not_know_goes_by_its_key():
    words = phrases()
    assert title_of(words, "dance/technology/erp/-") == "dance/technology/erp/-"
    assert title_of(words, "set_date/technology/erp/ready_date") == "Agree a date for the ERP"


@pytest.mark.parametrize(
    ("name", "systems", "said"),
    [
        ("maison-lorient", ("erp", "oms"), "Two systems will be ready after go-live"),
        ("maison-lorient", ("erp",), "The ERP will be ready "),
        ("mutuelle-ponant", None, "systems will be ready too late"),
    ],
)
def test_several_late_systems_are_counted_and_one_is_named(name, systems, said):
    engagement, rules = example(name)
    (question,) = (
        q for a in rules.areas for q in a.questions if q.kind == "date" and q.per is not None
    )
    systems = systems or engagement.scope[question.per]
    late = (Answer(question=question.key, subject=each, value="2035-01-01") for each in systems)
    assert said in schedule_conclusion(phrases(name, answers=tuple(late)))


def test_a_team_without_a_lead_that_all_name_owns_nothing_yet():
    team = Team(id="shop", name="Shop team")
    said = tuple(
        Nomination(respondent=who, focal_point="promotions", party="shop") for who in everybody()
    )
    engagement, _ = example("maison-lorient")
    teams = (*engagement.teams, team)
    decisions = tuple(d for d in engagement.decisions if d.focal_point != "promotions")
    words = phrases(teams=teams, nominations=said, decisions=decisions)
    assert ownership_word(words, "promotions").text == "Shop team · no lead"


@pytest.mark.parametrize(
    ("status", "note", "sentence", "share"),
    [
        (Status.SCORED, "41 – 63 possible", "Score 53, possible range 41 to 63", "53%"),
        (Status.INDICATIVE, "too much is open", "Possible range 41 to 63", "41%–63%"),
        (Status.NOT_SCORED, "nothing is answered yet", "Possible range 41 to 63", "41%–63%"),
        (Status.NOT_APPLICABLE, "not applicable here", "not applicable here", None),
    ],
)
def test_a_score_says_how_it_may_be_read(status, note, sentence, share):
    bounds = (None, None, None) if share is None else (41.2, 53.0, 62.6)
    score, english = Score(*bounds, status), voice("en")
    assert range_note(score, english).startswith(note)
    assert spoken(score, english) == sentence
    if share:
        assert share_text(score, english) == share


@pytest.mark.parametrize(
    ("verdict", "ranked", "said"),
    [
        ("firm", 2, "The order of the two holds"),
        ("firm", 5, "The order holds"),
        ("partly", 5, "Read the order in groups"),
        ("open", 2, "The order of the two says little"),
        ("open", 5, "The order says little"),
    ],
)
def test_a_ranking_says_what_may_be_taken_from_it(verdict, ranked, said):
    robustness = SimpleNamespace(verdict=verdict, ranked=ranked, pairs=ranked - 1, firm=1)
    words = Vocabulary(example("maison-lorient").rules, voice("en"))
    assert ranking_verdict(words, robustness).startswith(said)


def test_a_weight_that_all_areas_share_is_told_without_them():
    rules = in_force(load_framework("data-platform"))
    words, areas = Vocabulary(rules, voice("en")), tuple(area.key for area in rules.areas)
    everywhere = Judgement("criterion", "clear", areas, 0, 100)
    assert judgement_text(words, everywhere) == "Weight of “Clear”"
    one = Judgement("criterion", "clear", areas[:1], 0, 100)
    assert judgement_text(words, one) == f"Weight of “Clear” in {words.area(areas[0])}"
