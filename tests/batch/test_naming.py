"""Names of outputs: safe everywhere, the same for the same input, distinct for distinct ones."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.batch.naming import RESERVED, row_name, safe_name

SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}|[a-z0-9_][a-z0-9_-]{0,39}~[0-9a-f]{12}")
CLOSE = [
    "acme",
    "Acme",
    "ACME",
    "acme ",
    "ac/me",
    "../acme",
    "acmé",
    "acme\u0301",
    "acme.",
    "ac:me",
]
NASTY = [
    "",
    ".",
    "..",
    "../../etc/passwd",
    "C:\\temp",
    "con",
    "NUL.txt",
    "lpt1",
    "a" * 300,
    "é" * 300,
]
texts = st.one_of(st.text(max_size=120), st.sampled_from([*CLOSE, *NASTY, *sorted(RESERVED)]))


@given(texts)
def test_a_name_is_safe_on_every_file_system(text):
    name = safe_name(text)
    assert SAFE.fullmatch(name)
    assert name not in RESERVED
    assert len(name) <= 64


@given(st.lists(texts, unique=True, max_size=30))
def test_distinct_texts_have_distinct_names_where_case_does_not_count(written):
    names = [safe_name(text) for text in written]
    assert len({name.casefold() for name in names}) == len(written)


@given(texts)
def test_a_name_depends_on_nothing_but_its_text(text):
    assert safe_name(text) == safe_name("".join(list(text)))


@given(st.from_regex(r"[a-z0-9][a-z0-9_-]{0,63}", fullmatch=True))
def test_a_key_is_its_own_name_unless_it_is_reserved(key):
    reserved = key in RESERVED or re.fullmatch(r"index-\d+", key)
    assert (safe_name(key) == key) != bool(reserved)


values = st.dictionaries(
    st.sampled_from(["x", "colour", "names"]),
    st.one_of(st.integers(), st.text(max_size=20), st.lists(st.text(max_size=4), max_size=3)),
)


@given(values, values)
def test_rows_have_the_same_name_exactly_if_they_say_the_same(one, other):
    same = one == other and list(map(type, one.values())) == list(map(type, other.values()))
    assert (row_name(one) == row_name(other)) == same


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("Müller & Söhne", "muller-sohne"),
        ("Société Générale d’Énergie", "societe-generale-d-energie"),
        ("../../etc/passwd", "etc-passwd"),
        ("con", "con"),
        ("顧客", "run"),
        ("index-2", "index-2"),
    ],
)
def test_a_changed_name_can_still_be_read(text, readable):
    assert re.fullmatch(rf"{readable}~[0-9a-f]{{12}}", safe_name(text))
