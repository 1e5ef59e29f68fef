"""YAML and JSON become plain values by YAML 1.2, and what is unclear is a problem with a place."""

from __future__ import annotations

import pytest

from workbook.content.reading import dotted, parse, read
from workbook.errors import BadInput


def problems_of(text):
    with pytest.raises(BadInput) as caught:
        parse(text, "a.yaml")
    return [(p.line, p.message, p.fix) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("false", False),
        ("yes", "yes"),
        ("no", "no"),
        ("On", "On"),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1.0.0", "1.0.0"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("12:30", "12:30"),
        ("2026-11-23", "2026-11-23"),
        ("'true'", "true"),
        ('"12"', "12"),
        ("#993300", None),
        ("'#993300'", "#993300"),
        ("key-stakeholders#intro", "key-stakeholders#intro"),
        ("[no, off, 1]", ["no", "off", 1]),
        ("{no: off}", {"no": "off"}),
    ],
)
def test_a_word_means_what_yaml_1_2_says(written, meant):
    assert parse(f"value: {written}\n").data == {"value": meant}


def test_a_key_is_always_a_text():
    assert parse("{1: a, true: b, 2026-11-23: c}").data == {
        "1": "a",
        "true": "b",
        "2026-11-23": "c",
    }


@pytest.mark.parametrize(
    ("text", "line", "what", "mend"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "the key “a” stands twice", "keep one of the two"),
        ("a: &x [1]\nb: *x\n", 2, "aliases (*name) are not read here", "write the content out"),
        ("a: &x [*x]\n", 1, "aliases (*name) are not read here", "write the content out"),
        ("? [a]\n: 1\n", 1, "a key must be a word", "quote it if it begins with a bracket"),
        ("a: !!set {x}\n", 1, "the tag tag:yaml.org,2002:set", "write it without the tag"),
        ("a: !!int 3\n", 1, "the tag tag:yaml.org,2002:int", "write it without the tag"),
        ("a: !include b.yaml\n", 1, "the tag !include", "write it without the tag"),
        ("a: 1\n---\nb: 2\n", 2, "a second document begins", "one document per file"),
        ("a: what: now\n", 1, "mapping values are not allowed", "between quotes"),
        ("a:\n\t- b\n", 2, "cannot start any token", "indent with spaces"),
        ("a: [1, 2\nb: 3\n", 2, "did not find expected", "brackets"),
        ("a: 'open\n", 2, "unexpected end of stream", "close the quote"),
        ("a: *b*\n", 1, "alias", "a text that begins with * needs quotes"),
        ("# nothing\n", None, "the document is empty", "write at least one key"),
        ("a: \x07\n", None, "unacceptable character", "remove this character"),
        ("[" * 100_000, 1, "nested too deeply", "flatten it"),
    ],
)
def test_what_is_unclear_is_named_with_its_line(text, line, what, mend):
    (found,) = problems_of(text)
    assert found[0] == line
    assert what in found[1]
    assert mend in found[2]


def test_every_unclear_place_is_named_at_once():
    assert [line for line, _, _ in problems_of("a: 1\na: 2\nb: {c: 1, c: 2}\n")] == [2, 3]


def test_a_problem_stands_at_the_nearest_line_that_exists():
    document = parse("people:\n  - {id: ana}\n  - {id: bo,\n     name: Bo}\n", "a.yaml")
    assert document.problem(("people", 1, "name"), "x").place == "a.yaml:4: people[1].name"
    assert document.problem(("people", 1, "title"), "x").place == "a.yaml:3: people[1].title"
    assert document.problem(("teams",), "x").place == "a.yaml:1: teams"


def test_a_way_is_written_as_people_write_it():
    assert dotted(("decisions", 3, "dissent", 0, "party")) == "decisions[3].dissent[0].party"


def test_json_and_yaml_of_the_same_say_the_same(tmp_path):
    text = '{"a": [1, 2.5, true, null, "caf\\u00e9 \\ud83d\\ude00"], "b": {"on": "no"}}'
    (tmp_path / "a.json").write_text(text + "\t\n")
    document = read(tmp_path / "a.json")
    assert document.data == {"a": [1, 2.5, True, None, "café 😀"], "b": {"on": "no"}}


@pytest.mark.parametrize(
    ("name", "content", "line", "what"),
    [
        ("a.json", b'{"a": 1,\n "b": }', 2, "not valid JSON: Expecting value"),
        ("a.json", b'{"a": 1,\n "a": 2}', 2, "the key “a” stands twice"),
        ("a.json", b"{'a': 1}", 1, "not valid JSON"),
        ("a.json", b"[" * 100_000, None, "nested too deeply"),
        ("a.yaml", b"a: caf\xe9\n", 1, "the text is not UTF-8"),
        ("a.yaml", b"a: 1\nb: \xff\n", 2, "the text is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name, content, line, what, tmp_path):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read(tmp_path / name)
    (problem,) = caught.value.problems
    assert problem.file == str(tmp_path / name)
    assert problem.line == line
    assert what in problem.message


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read(tmp_path / "a.yaml").data == {"a": 1}


def test_a_mistyped_file_name_gets_the_nearest_document(tmp_path):
    (tmp_path / "maison-lorient.yaml").write_text("a: 1")
    (tmp_path / "maison-lorien.png").write_text("")
    with pytest.raises(BadInput) as caught:
        read(tmp_path / "maison-lorien.yaml")
    (problem,) = caught.value.problems
    assert problem.message == "there is no such file"
    assert problem.fix == "did you mean “maison-lorient.yaml”?"


def test_a_folder_is_no_document(tmp_path):
    with pytest.raises(BadInput, match="is a folder"):
        read(tmp_path)


def test_an_included_file_keeps_its_own_name_and_lines(tmp_path):
    (tmp_path / "a.yaml").write_text("x: 1\nparts: [!include b.yaml]\n")
    (tmp_path / "b.yaml").write_text("# part\nname: B\n")
    document = read(tmp_path / "a.yaml", includes=True)
    assert document.data == {"x": 1, "parts": [{"name": "B"}]}
    place = document.problem(("parts", 0, "name"), "x").place
    assert place == f"{tmp_path / 'b.yaml'}:2: parts[0].name"


@pytest.mark.parametrize("name", ["../b.yaml", "a/../../b.yaml", "/etc/hostname"])
def test_nothing_is_included_from_another_folder(name, tmp_path):
    (tmp_path / "a.yaml").write_text(f"part: !include {name}\n")
    with pytest.raises(BadInput, match="cannot be included"):
        read(tmp_path / "a.yaml", includes=True)


def test_files_that_include_each_other_are_no_endless_loop(tmp_path):
    (tmp_path / "a.yaml").write_text("part: !include b.yaml\n")
    (tmp_path / "b.yaml").write_text("part: !include b.yaml\n")
    with pytest.raises(BadInput, match="cannot be included"):
        read(tmp_path / "a.yaml", includes=True)


def test_a_file_larger_than_any_document_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("workbook.resources.MOST_BYTES", 10)
    (tmp_path / "acme.yaml").write_text("key: acme, and more", "utf-8")
    with pytest.raises(BadInput, match="File too large"):
        read(tmp_path / "acme.yaml")
