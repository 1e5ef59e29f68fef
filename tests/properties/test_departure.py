"""A departure lists what the evaluation after it shows, and nothing else."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.small import AS_OF, engagement, rules, says
from workbook.model.evaluation import Evaluation
from workbook.scoring import evaluate
from workbook.scoring.departure import if_leaves

KINDS = ("orphan", "vacant", "no_deputy", "deputy_is_owner")
TEXT = {"title": {"en": "t"}, "explanation": {"en": "t"}, "severity": "low", "source": "s"}
RULES = rules(findings=dict.fromkeys(KINDS, TEXT), gates=[])
PEOPLE = ("ana", "eve", "cy", "bo", "dee")
FOCAL_POINTS = ("f1", "f2", "f3")
PARTIES = st.sampled_from((*PEOPLE, "web", "loose", "nobody", "vacant"))
DEPUTIES = st.sampled_from((None, "none", *PEOPLE, "web"))

voices = st.dictionaries(
    st.tuples(st.sampled_from(["r1", "r2", "r3", "r4"]), st.sampled_from(FOCAL_POINTS)),
    st.tuples(st.lists(PARTIES, min_size=1, max_size=2, unique=True), DEPUTIES),
)
decisions = st.dictionaries(st.sampled_from(FOCAL_POINTS), st.tuples(PARTIES, DEPUTIES), max_size=2)


def raised(evaluation: Evaluation, *kinds: str) -> set[str | None]:
    return {f.focal_point for f in evaluation.findings if f.kind in kinds}


@given(voices, decisions, st.sampled_from(PEOPLE))
def test_a_departure_lists_what_the_evaluation_after_it_shows(
    said: Any, decided: Any, leaver: str
) -> None:
    one = engagement(
        teams=[{"id": "web", "name": "Web", "lead": "ana"}, {"id": "loose", "name": "Loose"}],
        respondents=[{"id": f"r{n}"} for n in range(1, 5)],
        nominations=[
            says(r, f, party, deputy=deputy)
            for (r, f), (parties, deputy) in said.items()
            for party in parties
        ],
        decisions=[
            {"focal_point": f, "owner": owner, "deputy": deputy}
            for f, (owner, deputy) in decided.items()
        ],
    )
    before, gone = evaluate(RULES, one, AS_OF), if_leaves(RULES, one, leaver, AS_OF)
    after = {owned.focal_point: owned for owned in gone.after.ownership}

    nobody = raised(gone.after, "orphan", "vacant") - raised(before, "orphan", "vacant")
    assert set(gone.orphaned) == nobody
    assert all(after[key].owner == heir != leaver for key, heir in gone.inherited)
    assert all(after[key].owner is None for key in (*gone.orphaned, *gone.unsettled))
    owners = {owned.focal_point: owned.owner for owned in before.ownership}
    listed = {*gone.orphaned, *(key for key, _ in gone.inherited), *gone.unsettled}
    assert {key for key, owner in owners.items() if owner != after[key].owner} <= listed
    alone = raised(gone.after, "no_deputy", "deputy_is_owner")
    alone -= raised(before, "no_deputy", "deputy_is_owner")
    assert {key for key in alone if owners[str(key)] == after[str(key)].owner} == {
        key for key in gone.unbacked if after[key].backed is False
    }
