"""A step about several subjects counts them, and names them apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.report.examples import evaluated, example
from workbook.i18n import voice
from workbook.wording.actions import joint_title, step_subjects, step_who
from workbook.wording.phrases import Phrases


def phrases(name, lang="en"):
    loaded = example(name)
    return Phrases(loaded.rules, voice(lang), loaded.engagement, evaluated(name))


def step(name, kind, question=None, *, about=""):
    steps = evaluated(name).steps
    alike = [s for s in steps if s.kind == kind and s.question == question]
    return next(s for s in alike if about in {"", *(a.focal_point for a in s.actions)})


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Choose one person each to own nine subjects"),
        ("fr", "Choisir un seul responsable par sujet, pour neuf sujets clés"),
    ],
)
def test_subjects_of_one_kind_are_counted(lang, title):
    assert (
        joint_title(
            phrases("mutuelle-ponant", lang), step("mutuelle-ponant", "decide_owner").actions
        )
        == title
    )


def test_the_subjects_stand_beside_it_by_name():
    whole = step("atelier-belval", "name_deputy", about="shipping_carriers")
    assert step_subjects(phrases("atelier-belval"), whole) == (
        "the integrations between systems",
        "the link to the shipping carriers",
        "shipment tracking",
    )
    single = replace(whole, actions=whole.actions[:1])
    assert step_subjects(phrases("atelier-belval"), single) == ()


def test_everybody_who_acts_is_named_once_apart_from_who_is_yet_to_be_named():
    """“To be named by Lucie Belval and Salomé Petitjean” would let two people do the naming."""
    whole = step("atelier-belval", "name_deputy", about="shipping_carriers")
    who = "Salomé Petitjean · To be named by Lucie Belval"
    assert step_who(phrases("atelier-belval"), whole) == who


def test_seats_are_spoken_for_in_steps_too():
    single = step("maison-lorient", "decide_owner", about="chro").actions[0]
    seats = replace(
        step("maison-lorient", "decide_owner", about="chro"),
        actions=(single, replace(single, focal_point="cfo")),
    )
    title = "Choose one person each to speak for human resources and finance"
    assert joint_title(phrases("maison-lorient"), seats.actions) == title
