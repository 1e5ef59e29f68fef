"""The method's page can be trusted: every table in it says what the program computes.

Tables are found by the comment above them. A cell holds one value or several, set apart by " · ".
Words are read through the shipped framework and one list per language.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.small import (
    AS_OF,
    PEOPLE,
    WORKED_ANSWERS,
    WORKED_DECISIONS,
    WORKED_NOMINATIONS,
    engagement,
    rules,
    says,
)
from workbook.content import load_framework
from workbook.model.evaluation import Evaluation
from workbook.model.framework import Criterion
from workbook.scoring import evaluate

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"en": DOCS / "method.md", "fr": DOCS / "method.fr.md"}
TABLE = re.compile(r"<!-- table: ([a-z-]+) -->\n((?:\|.*\n)+)")
BETWEEN = " · "
NUMBER = re.compile(r"[−-]?\d+(?:[.,]\d+)?")
FRACTIONS = "½⅓⅔⅚⅝"
WORDS = {
    "en": {
        "Experience": "x",
        "Technology": "t",
        "neither": "other",
        "unknown": None,
        "inside": True,
        "outside": False,
        "decided": None,
        "nobody": "nobody",
        "don't know": None,
        "none": "none",
        "–": None,
        "contested": "contested",
        "too few voices": "too_few",
        "two subjects only: no verdict": "few_units",
    },
    "fr": {
        "Expérience": "x",
        "Technologie": "t",
        "aucun des deux": "other",
        "inconnue": None,
        "en interne": True,
        "à l’extérieur": False,
        "décidé": None,
        "personne": "nobody",
        "ne sait pas": None,
        "aucun": "none",
        "–": None,
        "contesté": "contested",
        "trop peu de voix": "too_few",
        "deux sujets seulement\N{NO-BREAK SPACE}: pas de verdict": "few_units",
    },
}
Row = list[Any]


class Cell(NamedTuple):
    """A text in a table, and what it must say."""

    table: str
    said: str
    actual: Any


# the worked example under its variants

ON_ERP = {"decisions": [*WORKED_DECISIONS, {"focal_point": "f3", "owner": "bo", "deputy": "cy"}]}
ON_IT = {"answers": [*WORKED_ANSWERS, {"question": "q2", "value": "half"}]}
OTHERS = [n for n in WORKED_NOMINATIONS if (n["respondent"], n["focal_point"]) != ("r3", "f2")]
ON_ANA = {"nominations": [*OTHERS, says("r3", "f2", "ana", deputy="none")]}
ALONE = [says("r1", "f1", "ana"), says("r2", "f1", "ana"), says("r3", "f1", "eve")]
VARIANTS: dict[str, dict[str, Any]] = {
    "as it stands": {},
    "erp": ON_ERP,
    "erp and it": {**ON_ERP, **ON_IT},
    "ana": ON_ANA,
    "it": ON_IT,
    "alone": {"nominations": [*WORKED_NOMINATIONS, *ALONE]},
}


@cache
def found(variant: str = "as it stands") -> Evaluation:
    return evaluate(rules(), engagement(**VARIANTS[variant]), AS_OF)


def three(score: Any) -> Row:
    return [score.low, score.point, score.high]


def scores(variant: str) -> list[Row]:
    one = found(variant)
    level = one.level
    areas = [three(area.score) for area in one.areas]
    return [*areas, three(one.score), [level.low, level.level, level.high]]


# what each table must say


def weights() -> list[Row]:
    shipped = load_framework("commerce-stakeholders")
    rows = [[[w] for w in shipped.weights_of(area).values()] for area in shipped.areas]
    assert rows[0] == rows[1], "one row says both"
    return rows[1:]


def levels() -> list[Row]:
    return [[[one.key], [one.start]] for one in load_framework("commerce-stakeholders").levels]


def gates() -> list[Row]:
    return [[[g.threshold], [g.cap]] for g in load_framework("commerce-stakeholders").gates]


def thresholds() -> list[Row]:
    limits = load_framework("commerce-stakeholders").thresholds
    names = ("agreed_share", "overloaded_focal_points", "roles_per_row", "stale_days",
             "low_confidence_share", "unknown_share", "title_match", "small_group")  # fmt: skip
    return [[[getattr(limits, name)]] for name in names]


def people() -> list[Row]:
    titles = {"tx": "x", "tt": "t", "other": "other", None: None}
    return [[[titles[p["title_key"]]], [p["inside"]]] for p in PEOPLE]


def voices() -> list[Row]:
    decided = [[[None], [d["owner"]], [d["deputy"]]] for d in WORKED_DECISIONS]
    alone = [[[n["respondent"]], [n["party"]], [n.get("deputy")]] for n in WORKED_NOMINATIONS]
    return [*decided, *alone]


def items() -> list[Row]:
    kinds = ("named", "clear", "fitting", "deputy", "inside")
    by_place = {(item.subject, item.kind.value): three(item) for item in found().items}
    return [[by_place[key, kind] for kind in kinds] for key in ("f1", "f2", "f3")]


def of_area(position: int) -> tuple[list[Row], Row]:
    """Rows of criteria (weight, value, earned), and the sums of what is earned."""
    area = found().areas[position]
    rows, sums = [], [0.0, 0.0, 0.0]
    for one in area.criteria:
        weight = getattr(rules().weights, one.criterion.value)
        value = [None if bound is None else bound / 100 for bound in three(one.score)]
        of_point = [i for i in found().items if (i.area, i.criterion) == (area.area, one.criterion)]
        earned = [weight * value[0], sum(i.area_contribution for i in of_point), weight * value[2]]
        rows.append([[weight], value, earned])
        sums = [a + b for a, b in zip(sums, earned, strict=True)]
    return rows, sums


def experience() -> list[Row]:
    rows, sums = of_area(0)
    total = three(found().areas[0].score)
    lost = [after - before for before, after in zip(sums, total, strict=True)]
    return [*rows, [[], [], sums], [[], [], lost], [[], [], total]]


def stories() -> list[Row]:
    """What the free voice on f2 may do (N = 3): join Eve with her two votes, or name a new one."""
    share = {i.kind.value: 200 * i.share for i in found().items if i.subject == "f2"}
    clear, fitting = share["clear"] / 3, share["fitting"] / 3
    rows = [[3 * clear, 0.0], [2 * clear, fitting], [3 * clear, fitting]]
    together = [sum(row) for row in rows]
    lost = of_area(0)[1][2] - found().areas[0].score.high
    assert together[2] - max(together[:2]) == pytest.approx(lost)
    return [[[value] for value in (*row, sum(row))] for row in rows]


def technology() -> list[Row]:
    return [*of_area(1)[0], [[], [], three(found().areas[1].score)]]


def contributions() -> list[Row]:
    parts = [
        [
            sum(i.contribution for i in found().items if (i.area, i.criterion) == (area, one))
            for one in Criterion
        ]
        for area in "xt"
    ]
    whole = [a + b for a, b in zip(*parts, strict=True)]
    assert sum(whole) == pytest.approx(found().score.point, abs=1e-9)
    return [[*([value] for value in row), [sum(row)]] for row in (*parts, whole)]


def what_if() -> list[Row]:
    return [scores(variant) for variant in ("as it stands", "erp", "erp and it", "ana")]


def gains() -> list[Row]:
    before = found().score
    after = [found(variant).score for variant in ("erp", "it", "erp and it")]
    return [[[s.low - before.low], [s.point - before.point]] for s in after]


def agreement() -> list[Row]:
    heard = found("alone").agreement
    alpha = dict(heard.areas)["x"]
    rows = [[[one.shares[0][1]], [one.votes], [one.verdict]] for one in heard.focal_points]
    return [*rows, [[alpha.value], [], [alpha.reason]]]


TABLES = {
    "weights": weights,
    "levels": levels,
    "gates": gates,
    "thresholds": thresholds,
    "people": people,
    "voices": voices,
    "items": items,
    "experience": experience,
    "stories": stories,
    "technology": technology,
    "contributions": contributions,
    "what-if": what_if,
    "gains": gains,
    "agreement": agreement,
}


@cache
def must_say(name: str) -> list[Row]:
    return TABLES[name]()


# reading


def tables(page: str) -> dict[str, list[list[str]]]:
    """The body rows of every marked table, without the labels of the rows."""
    return {
        name: [
            [cell.strip() for cell in line.strip("|").split("|")][1:]
            for line in body.strip().splitlines()[2:]
        ]
        for name, body in TABLE.findall(page)
    }


def cells(page: str) -> list[Cell]:
    """Every value in the tables of a page beside the one that it must be."""
    pairs = []
    for name, rows in tables(page).items():
        expected = must_say(name)
        assert len(rows) == len(expected), f"{name}: {len(rows)} rows"
        for row, actual_row in zip(rows, expected, strict=True):
            assert len(row) >= len(actual_row), f"{name}: {row}"
            for text, actuals in zip(row, actual_row, strict=False):  # words may follow
                parts = text.split(BETWEEN) if text else []
                assert len(parts) == len(actuals), f"{name}: “{text}” for {actuals}"
                pairs += [Cell(name, *pair) for pair in zip(parts, actuals, strict=True)]
    return pairs


def right(cell: Cell, lang: str) -> bool:
    """Whether a text says its value, to the last digit that it gives."""
    said = cell.said
    if isinstance(cell.actual, bool) or cell.actual is None or isinstance(cell.actual, str):
        return read(said, lang) == cell.actual
    if said in FRACTIONS:
        return abs(unicodedata.numeric(said) - cell.actual) < 1e-9
    if not NUMBER.fullmatch(said):
        return False
    plain = said.replace("−", "-").replace(",", ".")
    digits = len(plain.partition(".")[2])
    return abs(float(plain) - cell.actual) <= 0.5 * 10**-digits + 1e-9


def read(said: str, lang: str) -> Any:
    """What a word stands for: a key, a fact, or a person by name."""
    known = {**level_names(lang), **WORDS[lang]}
    return known.get(said, said.lower())


@cache
def level_names(lang: str) -> dict[str, str]:
    return {one.title[lang]: one.key for one in load_framework("commerce-stakeholders").levels}


def wrong(page: str, lang: str) -> list[str]:
    return [
        f"{cell.table}: {cell.said} should be {cell.actual}"
        for cell in cells(page)
        if not right(cell, lang)
    ]


# tests


@pytest.mark.parametrize("lang", PAGES)
def test_every_table_of_the_page_says_what_is_computed(lang):
    page = PAGES[lang].read_text(encoding="utf-8")
    assert set(tables(page)) == set(TABLES)
    assert wrong(page, lang) == []


@pytest.mark.parametrize("lang", PAGES)
def test_a_number_that_somebody_changes_is_noticed(lang):
    page = PAGES[lang].read_text(encoding="utf-8")
    changed = 0
    for table in TABLE.finditer(page):
        head = table.group(2).splitlines(keepends=True)[:2]
        start = table.start(2) + sum(map(len, head))
        for place in range(start, table.end()):
            other = another(page[place])
            if other and in_a_value(page, place):
                changed += 1
                mistaken = page[:place] + other + page[place + 1 :]
                assert wrong(mistaken, lang), page[place - 20 : place + 5]
    assert changed > 300


def another(character: str) -> str | None:
    """Another digit or fraction, far enough not to be taken for rounding."""
    if character.isascii() and character.isdigit():
        return str((int(character) + 5) % 10)
    if character in FRACTIONS:
        return FRACTIONS[(FRACTIONS.index(character) + 1) % len(FRACTIONS)]
    return None


def in_a_value(page: str, place: int) -> bool:
    """Whether a place lies behind the label of its row."""
    line = page.rindex("\n", 0, place)
    return page.count("|", line, place) > 1


@pytest.mark.parametrize("lang", PAGES)
def test_numbers_in_the_example_s_sentences_stand_in_its_tables(lang):
    page = PAGES[lang].read_text(encoding="utf-8")
    start = page.index("<!-- table: people -->")
    example = page[start : page.index("\n## ", start)]
    shown = {value for row in tables(page).values() for cells in row for cell in cells
             for value in NUMBER.findall(cell)}  # fmt: skip
    said = set(re.findall(r"\d+[.,]\d+", TABLE.sub("", example)))
    assert said
    assert said <= shown
