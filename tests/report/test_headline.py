"""The headline is a sentence with the conclusion, right in both languages, made of the gravest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.report.examples import evaluated, example, report_of, told
from workbook.model.evaluation import Finding, GateState, Status
from workbook.model.framework import Severity
from workbook.model.rules import in_force
from workbook.wording.phrases import Phrases

BASE = "maison-lorient"


def found(kind, focal_point=None, area="technology", **facts):
    severity = example(BASE).rules.findings[kind].severity
    return Finding(kind, severity, area, focal_point, **facts)


ERP = found("system_without_owner", "erp")
OMS = found("system_without_owner", "oms")
CFO = found("orphan", "cfo", "executive_sponsor")
STOCK = found("orphan", "inventory_visibility", "experience")
IT = found("it_not_from_day_one", question="it_from_day_one")
CONTESTED = found(
    "contested", "promotions", "experience", parties=("ines-carrel",), count=3, total=9
)
NO_DEPUTY = found("no_deputy", "pim", parties=("ines-carrel",))
CHECKPOINTS = found("no_checkpoints", None, "executive_sponsor", question="checkpoint_cadence")


def test_a_must_have_reads_true_in_each_of_its_states():
    """One that is not known yet holds the level as well as one that is not met (METHOD §3)."""
    first, second, *_ = evaluated(BASE).gates
    gates = (
        replace(first, state=GateState.TRIPPED),
        replace(second, state=GateState.UNDETERMINED),
    )
    made = told(BASE, gates=gates).section("gates")
    assert made.title == "One must-have is not met and one must-have is not known yet"
    assert [line.title for line in made.blocks[0].gates] == [
        "IT was not in from day one and has not caught up",
        "It is not clear yet whether the investment decision has an executive sponsor",
    ]
    passed = told(BASE, gates=(replace(first, state=GateState.PASSED),)).section("gates")
    assert passed.title == "All must-haves are met"
    assert passed.blocks[0].gates[0].title == "IT has been in from day one, or has caught up"


CASES = {
    (OMS, ERP, CFO): (
        "Nobody speaks for finance, and two systems have no owner",
        "Personne ne représente la direction financière, et deux systèmes sont sans responsable",
    ),
    (ERP,): ("Nobody owns the ERP", "Personne ne porte l’ERP"),
    (STOCK, ERP): (
        "Nobody owns inventory visibility or the ERP",
        "Personne ne porte la visibilité des stocks ni l’ERP",
    ),
    (CONTESTED, IT, NO_DEPUTY): (
        "IT has not been involved from day one, and answers differ on who owns promotions",
        (
            "La DSI n’est pas associée depuis le premier jour, "
            "et les avis divergent sur qui porte les promotions"
        ),
    ),
    (CHECKPOINTS, NO_DEPUTY): (
        "Ownership is settled, but no regular checkpoints with leadership are planned",
        (
            "Les responsabilités sont établies, "
            "mais aucun point d’étape régulier n’est prévu avec la direction"
        ),
    ),
    (NO_DEPUTY,): (
        "The programme has its owners: only small things are left to do",
        "Le programme a ses responsables\N{NO-BREAK SPACE}: il ne reste que des points mineurs",
    ),
    (): (
        "The programme has its owners: only small things are left to do",
        "Le programme a ses responsables\N{NO-BREAK SPACE}: il ne reste que des points mineurs",
    ),
}


@pytest.mark.parametrize(("findings", "said"), CASES.items())
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_gravest_findings_make_the_headline(findings, said, lang):
    made = told(BASE, lang, findings=findings)
    assert made.headline == said[("en", "fr").index(lang)]


def test_much_that_is_open_comes_before_any_finding():
    score = replace(evaluated(BASE).score, status=Status.INDICATIVE)
    made = told(BASE, "en", score=score, findings=(ERP,))
    assert made.headline == (
        "Three of 49 subjects and questions have no answer, and nobody owns the ERP"
    )


def test_without_any_answer_there_is_nothing_to_conclude():
    score = replace(evaluated(BASE).score, point=None, status=Status.NOT_SCORED)
    made = told(BASE, "en", score=score, findings=())
    assert made.headline == "Nothing can be said yet: no answer has been given"


def test_a_second_conclusion_comes_from_another_area_if_it_can():
    late = found("back_office_date_late", "erp", days=3)
    seat = found("seat_not_supporting", "cfo", "executive_sponsor")
    made = told(BASE, "en", findings=(OMS, ERP, late, seat))
    assert made.headline == "Two systems have no owner, and finance holds back"


def test_findings_of_a_kind_without_wording_of_its_own_are_counted():
    first, second = (found("raci_not_accepted", f, "executive_sponsor") for f in ("cfo", "coo"))
    critical = [replace(one, severity=Severity.CRITICAL) for one in (first, second)]
    made = told(BASE, "en", findings=tuple(critical))
    assert made.headline == "Not everyone has accepted who does what (and one more like it)"


def test_a_name_or_an_acronym_keeps_its_capital_within_a_sentence():
    claim = found("unconfirmed_self_nomination", "pim", parties=("ana-ruiz",))
    made = told(BASE, "en", findings=(claim, IT))
    technology = next(area for area in made.areas if area.title == "Technology")
    first, second = technology.held_back.split(" · ")
    assert first.startswith("IT has")
    assert second.startswith("Ana Ruiz claims")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_summary_is_whole_sentences_without_a_gap_left_open(lang):
    for name in ("maison-lorient", "groupe-kervadec", "northgate-home", "mutuelle-ponant"):
        summary = report_of(name, lang).summary
        assert summary.endswith((".", "!", "?"))
        assert "{" not in summary
        assert "  " not in summary
        assert ".." not in summary


def test_an_area_with_a_serious_finding_is_not_in_good_hands():
    made = told(BASE, "en", findings=(CFO,))
    assert "Executive sponsor is held back: nobody speaks for finance" in made.summary
    assert "Executive sponsor is in good hands" not in made.summary


def test_a_focal_point_without_a_spoken_form_stands_between_quotes():
    engagement, framework = example(BASE)
    areas = [
        area.model_copy(
            update={
                "focal_points": tuple(
                    f.model_copy(update={"spoken": None}) for f in area.focal_points
                )
            }
        )
        for area in framework.areas
    ]
    from workbook.i18n import voice

    mute = in_force(framework.framework.model_copy(update={"areas": tuple(areas)}))
    phrases = Phrases(mute, voice("fr"), engagement, evaluated(BASE))
    assert phrases.spoken("erp") == "«\N{NO-BREAK SPACE}ERP\N{NO-BREAK SPACE}»"
