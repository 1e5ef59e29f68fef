"""A must-have reads as what holds: met, not met, or not known yet."""

from __future__ import annotations

import pytest

from tests.report.examples import evaluated, example
from tests.small import rules
from workbook.i18n import voice
from workbook.model.evaluation import GateResult, GateState
from workbook.wording.gates import gate_sentence
from workbook.wording.names import Vocabulary


@pytest.mark.parametrize(
    ("name", "state", "sentence"),
    [
        ("northgate-home", GateState.PASSED, "IT has been in from day one, or has caught up"),
        ("fernhill-supply", GateState.TRIPPED, "IT was not in from day one and has not caught up"),
        (
            "maison-lorient",
            GateState.UNDETERMINED,
            "Nobody can say yet whether IT was in from day one, or has caught up",
        ),
    ],
)
def test_a_must_have_says_what_holds_of_it(name, state, sentence):
    result = next(g for g in evaluated(name).gates if g.gate == "it_from_day_one")
    assert result.state is state
    assert gate_sentence(Vocabulary(example(name).rules, voice("en")), result) == sentence


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (GateState.PASSED, "g"),
        (GateState.TRIPPED, "This is not met: “g”"),
        (GateState.UNDETERMINED, "It is not known whether this is met: “g”"),
    ],
)
def test_a_framework_that_says_it_one_way_only_has_it_quoted(state, sentence):
    result = GateResult(gate="g", area="t", state=state, low=0.0, point=None, high=1.0)
    assert gate_sentence(Vocabulary(rules(), voice("en")), result) == sentence
