"""How a focal point is owned: one state per subject, decided in scoring and nowhere else."""

from __future__ import annotations

import ast
import itertools
import re
from pathlib import Path
from typing import Any

import pytest

import workbook
from tests.small import AS_OF, area, engagement, focal_point, framework, person, says
from workbook.model.ownership import Consensus, OwnershipState
from workbook.model.rules import in_force
from workbook.scoring import evaluate
from workbook.scoring.ownership import effective_owners, margin, pairwise

FRAMEWORK = framework(areas=[area("x", [focal_point("f1")], [])], gates=[])
PEOPLE = [person(key, "tx") for key in ("ana", "eve", "max", "zoe", "ida")]
LOOSE = [{"id": "loose", "name": "Loose"}, {"id": "led", "name": "Led", "lead": "ana"}]


def evaluated(*parties: str | None, **changes: Any):
    """One focal point with a voice for each of these parties; None does not know."""
    whole: dict[str, Any] = {
        "people": PEOPLE,
        "teams": LOOSE,
        "respondents": [{"id": f"r{n}"} for n in range(max(3, len(parties)))],
        "nominations": [says(f"r{n}", "f1", party) for n, party in enumerate(parties)],
        "answers": [],
        "decisions": [],
        **changes,
    }
    one = engagement(**whole)
    return evaluate(in_force(FRAMEWORK, one.overlay), one, AS_OF)


def decided(owner: str | None, **facts: Any) -> dict[str, Any]:
    return {"decisions": [{"focal_point": "f1", "owner": owner, **facts}]}


STATES: dict[str, tuple[tuple[str | None, ...], dict[str, Any], str, tuple[str, ...]]] = {
    "nobody has answered yet": ((), {}, "open", ()),
    "without names, too, nobody has answered yet": ((), {"anonymous": True}, "open", ()),
    "those who were asked do not know": ((None, None), {}, "open", ()),
    "one voice is a claim": (("ana",), {}, "claimed", ()),
    "two voices are a claim, too": (("ana", "eve"), {}, "claimed", ()),
    "all say the same": (("ana", "ana", "ana"), {}, "agreed", ("ana",)),
    "three of four say the same": (("ana", "ana", "eve", "ana"), {}, "agreed", ("ana",)),
    "a team with a lead is its lead": (("led", "ana", "led"), {}, "agreed", ("ana",)),
    "two of three are not enough": (("ana", "ana", "eve"), {}, "contested", ()),
    "everybody names somebody else": (("ana", "eve", "max"), {}, "contested", ()),
    "two and two are two camps": (("ana", "ana", "eve", "eve"), {}, "two_camps", ()),
    "all say nobody": (("nobody", "nobody", "nobody"), {}, "orphan", ()),
    "three of four say nobody": (("nobody", "nobody", "ana", "nobody"), {}, "orphan", ()),
    "half of those say vacant": (("nobody", "vacant", "vacant", "nobody"), {}, "vacant", ()),
    "three of four name a team without a lead": (
        ("loose", "loose", "loose", "ana"),
        {},
        "group",
        ("loose",),
    ),
    "a decision stands before voices": (("eve", "eve", "eve"), decided("ana"), "decided", ("ana",)),
    "decided for a team without a lead": ((), decided("loose"), "group", ("loose",)),
    "decided that nobody owns it": (("ana", "ana", "ana"), decided("nobody"), "orphan", ()),
    "decided for a vacant post": ((), decided("vacant"), "vacant", ()),
    "a decision that nobody knows leaves the voices": (
        ("ana", "ana", "ana"),
        decided(None, state="unknown"),
        "agreed",
        ("ana",),
    ),
    "ruled out": (
        ("ana", "ana", "ana"),
        decided(None, state="not_applicable", reason="not here"),
        "not_applicable",
        (),
    ),
    "four voices are not told": (("ana",) * 4, {"anonymous": True}, "withheld", ()),
    "five voices are": (("ana",) * 5, {"anonymous": True}, "agreed", ("ana",)),
    "a decision is told": (("eve",), {"anonymous": True} | decided("ana"), "decided", ("ana",)),
}


@pytest.mark.parametrize(("voices", "changes", "state", "owners"), STATES.values(), ids=STATES)
def test_a_subject_has_one_state(
    voices: tuple[str | None, ...], changes: dict[str, Any], state: str, owners: tuple[str, ...]
) -> None:
    owned = evaluated(*voices, **changes).owned("f1")
    assert (owned.state, owned.owners) == (state, owners)


def test_every_state_has_an_engagement() -> None:
    assert {state for _, _, state, _ in STATES.values()} == set(OwnershipState)


@pytest.mark.parametrize(
    ("voices", "outcome"),
    [
        (("ana", "ana", "ana"), Consensus.UNANIMOUS),
        (("ana", "ana", "ana", "eve"), Consensus.AGREED),
        (("ana", "ana", "ana", "eve", "eve"), Consensus.MAJORITY),
        (("ana", "ana", "eve", "eve", "max"), Consensus.TWO_CAMPS),
        (("ana", "ana", "eve", "max", "zoe"), Consensus.SCATTERED),
        (("nobody", "nobody", "nobody"), Consensus.NOBODY),
        (("loose", "loose", "loose"), Consensus.GROUP),
        (("ana", "ana"), Consensus.TOO_FEW),
    ],
)
def test_voices_come_to_an_outcome_in_words(voices: tuple[str, ...], outcome: Consensus) -> None:
    (agreement,) = evaluated(*voices).agreement.focal_points
    assert agreement.outcome is outcome


@pytest.mark.parametrize(
    ("raters", "units", "reason"),
    [(3, 5, "ok"), (3, 4, "few_units"), (2, 5, "few_raters"), (4, 1, "few_units")],
)
def test_alpha_has_a_verdict_from_three_raters_and_five_focal_points_on(
    raters: int, units: int, reason: str
) -> None:
    keys = [f"f{n}" for n in range(units)]
    wide = framework(areas=[area("x", [focal_point(key) for key in keys], [])], gates=[])
    said = [
        says(f"r{n}", key, "eve" if (n, key) == (0, "f0") else "ana")
        for n in range(raters)
        for key in keys
    ]
    one = engagement(
        people=PEOPLE,
        respondents=[{"id": f"r{n}"} for n in range(raters)],
        nominations=said,
        answers=[],
        decisions=[],
    )
    agreement = evaluate(in_force(wide), one, AS_OF).agreement
    assert (agreement.overall.reason, dict(agreement.areas)["x"].reason) == (reason, reason)
    assert agreement.overall.value is not None


def test_where_alpha_says_nothing_it_says_why() -> None:
    alone, together = (evaluated(*voices).agreement.overall for voices in (["ana"], ["ana"] * 3))
    assert (alone.value, alone.units, alone.reason) == (None, 0, "no_unit")
    assert (together.value, together.units, together.reason) == (None, 1, "unanimous")


def test_alpha_of_an_area_counts_the_raters_of_that_area() -> None:
    """Three speak of area t, of which two speak of area x."""
    keys = {area: [f"{area}{n}" for n in range(5)] for area in "xt"}
    areas = [area(key, [focal_point(f) for f in subjects], []) for key, subjects in keys.items()]
    said = [
        says(f"r{n}", key, "eve" if n == 0 and key in ("x0", "t0") else "ana")
        for subjects, raters in ((keys["x"], 2), (keys["t"], 3))
        for key in subjects
        for n in range(raters)
    ]
    one = engagement(people=PEOPLE, nominations=said, answers=[], decisions=[])
    agreement = evaluate(in_force(framework(areas=areas, gates=[])), one, AS_OF).agreement
    assert {key: alpha.reason for key, alpha in agreement.areas} == {"x": "few_raters", "t": "ok"}


def test_a_tie_has_no_owner_even_if_half_the_voices_are_enough() -> None:
    half = {"overlay": {"thresholds": {"agreed_share": 0.5}}}
    assert evaluated("ana", "ana", "eve", "eve", **half).owned("f1").state == "two_camps"


def test_one_voice_for_nobody_does_not_make_an_orphan_of_what_others_own() -> None:
    assert evaluated("nobody", "ana", "ana").owned("f1").state.family == "contested"


def test_the_group_that_most_name_owns_it_and_not_whoever_spoke_first() -> None:
    teams = [{"id": "web", "name": "Web"}]
    owned = evaluated("ana", "web", "web", "web", "web", teams=teams).owned("f1")
    assert (owned.state, owned.owners) == (OwnershipState.GROUP, ("web",))


def test_two_voices_are_a_pair_and_one_is_none() -> None:
    assert [pairwise(counts) for counts in ([2], [1, 1], [1])] == [1.0, 0.0, None]


def test_what_is_out_of_scope_has_no_owner_to_show() -> None:
    systems = framework(
        areas=[area("x", [focal_point(key, scope="systems") for key in ("s1", "s2")], [])], gates=[]
    )
    one = engagement(nominations=[], answers=[], decisions=[], scope={"systems": ["s2"]})
    shown = evaluate(in_force(systems), one, AS_OF).ownership
    assert [owned.focal_point for owned in shown] == ["s2"]


def agrees(counts: tuple[int, ...], share: float) -> bool:
    return max(counts) >= share * sum(counts)


def turned(counts: tuple[int, ...], changing: int, share: float) -> bool:
    """Whether some way of moving so many voices, to new names as well, turns the verdict."""
    before = agrees(counts, share)
    names = [name for name, count in enumerate(counts) for _ in range(count)]
    choices = range(len(counts) + changing)
    for voices in itertools.combinations(range(len(names)), changing):
        for named in itertools.product(choices, repeat=changing):
            after = list(names)
            for voice, name in zip(voices, named, strict=True):
                after[voice] = name
            if agrees(tuple(after.count(name) for name in set(after)), share) != before:
                return True
    return False


@pytest.mark.parametrize("share", [0.75, 0.5, 0.3])
@pytest.mark.parametrize(
    "counts", [(1,), (3,), (4,), (5,), (2, 1), (3, 1), (2, 2), (1, 1, 1), (3, 2), (4, 1)]
)
def test_the_margin_is_the_fewest_voices_that_turn_the_verdict(
    counts: tuple[int, ...], share: float
) -> None:
    brute = next((n for n in range(1, 5) if turned(counts, n, share)), None)
    assert margin(counts, share) == brute


def test_voices_differ_as_if_so_many_owned_it() -> None:
    assert effective_owners([4]) == 1
    assert effective_owners([2, 2]) == 2
    assert effective_owners([9, 1]) == pytest.approx(1 / 0.82)
    assert (pairwise([3, 1]), pairwise([1])) == (0.5, None)


@pytest.mark.parametrize(
    ("owner", "deputy", "backed"),
    [("ana", "eve", True), ("ana", "none", False), ("ana", None, False), ("nobody", None, None)],
)
def test_a_decided_owner_is_backed_or_not(
    owner: str, deputy: str | None, *, backed: bool | None
) -> None:
    assert evaluated(**decided(owner, deputy=deputy)).owned("f1").backed is backed


@pytest.mark.parametrize(
    ("deputies", "backed"),
    [(("eve", "eve", None), True), (("none", "none", "eve"), False), ((None, None, None), None)],
)
def test_an_owner_whom_voices_agree_on_is_backed_as_most_of_those_say_who_know(
    deputies: tuple[str | None, ...], *, backed: bool | None
) -> None:
    said = [says(f"r{n}", "f1", "ana", deputy=deputy) for n, deputy in enumerate(deputies)]
    assert evaluated(nominations=said).owned("f1").backed is backed


WORDS = {"owned", "contested", "orphan"}
JUDGED = {"outcome", "holder", "favourites"}
"""What only scoring may ask of voices; everybody else reads `Evaluation.ownership`."""
ROOM = Path(workbook.__file__).parent
OUTSIDE = sorted(
    path
    for path in ROOM.rglob("*.py")
    if not {"scoring", "model", "_resources"} & set(path.relative_to(ROOM).parts[:1])
)


def decides(tree: ast.AST) -> list[int]:
    """Lines that give a state away as a value of their own, or ask voices for their outcome."""
    lines = []
    for node in ast.walk(tree):
        values: list[ast.AST | None] = []
        match node:
            case ast.Return(value=value) | ast.Assign(value=value) | ast.AnnAssign(value=value):
                values = [value]
            case ast.IfExp(body=body, orelse=orelse):
                values = [body, orelse]
            case ast.Call(func=ast.Attribute(attr=name)) if name in JUDGED:
                lines.append(node.lineno)
            case ast.Call(func=ast.Name(id="Ownership" | "OwnershipState")):
                lines.append(node.lineno)
        lines += [
            value.lineno
            for value in values
            if isinstance(value, ast.Constant) and value.value in WORDS
        ]
    return lines


def test_no_module_besides_scoring_decides_a_state() -> None:
    words = re.compile("|".join((*WORDS, *JUDGED, "Ownership")))  # the others need no parsing
    sources = {str(path): path.read_text("utf-8") for path in OUTSIDE}
    lines = {p: decides(ast.parse(text)) for p, text in sources.items() if words.search(text)}
    assert len(lines) > 20
    assert {path: found for path, found in lines.items() if found} == {}


def test_a_module_that_decides_a_state_is_seen() -> None:
    assert decides(ast.parse("def f(x):\n    return 'orphan' if x else 'owned'")) == [2, 2]
