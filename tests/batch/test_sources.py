"""What a batch is fed with: folders, globs, stores, tables; and what each refuses, and why."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.batch.trial import ABOUT, batch, jsonl, order, statuses, tiny, visible
from workbook import resources
from workbook.batch.inputs import FileDocument
from workbook.batch.ledger import Ledger
from workbook.batch.planning import plan
from workbook.content import load_engagement
from workbook.errors import BadInput
from workbook.workspace import Change, Workspace

EXAMPLES = resources.templates() / "engagements"


def planned(*sources, out, **asked):
    what = order(*sources, out=out, **asked)
    return plan(what, Ledger(what.outlet, ""))


def reasons(found):
    return "\n".join(one.reason for one in found.refused)


@pytest.fixture
def clients(tmp_path):
    """Three engagements, one of them in a folder below, and things that are none."""
    folder = tmp_path / "clients"
    (folder / "north").mkdir(parents=True)
    shutil.copy(EXAMPLES / "atelier-belval.yaml", folder)
    shutil.copy(EXAMPLES / "lantern-games.yaml", folder)
    shutil.copy(EXAMPLES / "northgate-home.yaml", folder / "north")
    (folder / ".hidden").mkdir()
    shutil.copy(EXAMPLES / "fernhill-supply.yaml", folder / ".hidden")
    (folder / "notes.txt").write_text("nothing", "utf-8")
    return folder


def names(found):
    return [item.name for item in found.items]


def test_a_folder_gives_every_document_below_it_in_its_own_language(clients, tmp_path):
    found = planned(clients, out=tmp_path / "out")
    assert names(found) == ["atelier-belval.fr", "lantern-games.en", "northgate-home.en"]


def test_a_glob_and_files_give_what_they_name(clients, tmp_path):
    out = tmp_path / "out"
    assert names(planned(f"{clients}/l*.yaml", out=out)) == ["lantern-games.en"]
    assert names(planned(f"{clients}/**/n*.yaml", out=out)) == ["northgate-home.en"]
    listed = planned(clients / "lantern-games.yaml", clients / "north", out=out, lang="fr")
    assert names(listed) == ["lantern-games.fr", "northgate-home.fr"]


def test_the_batch_s_own_files_are_no_source(clients, tmp_path):
    notebook = tiny(tmp_path / "n.ipynb", ABOUT)
    out = clients / "out"
    for _ in range(2):
        done = batch(clients, out=out, notebook=notebook, formats=("json",))
        assert len(done.plan.items) == 3
        assert done.ok


def test_one_bad_document_is_refused_with_place_and_reason_and_stops_no_other(clients, tmp_path):
    text = (EXAMPLES / "tidewater-outdoor.yaml").read_text("utf-8")
    (clients / "bad.yaml").write_text(text.replace("profile: ", "profile: x"), "utf-8")
    (clients / "torn.json").write_text('{"key": ', "utf-8")
    (clients / "empty.yaml").write_text("", "utf-8")
    (clients / "latin.yaml").write_bytes("key: é".encode("latin-1"))
    done = batch(clients, out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb", ABOUT))
    assert set(statuses(done).values()) == {"made"}
    assert len(visible(tmp_path / "out")) == 3
    assert [one.place.rpartition("/")[2] for one in done.plan.refused] == [
        "bad.yaml",
        "empty.yaml",
        "latin.yaml",
        "torn.json",
    ]
    assert "bad.yaml:" in reasons(done.plan)
    assert not done.ok


def test_two_engagements_with_one_key_are_not_written_over_each_other(clients, tmp_path):
    shutil.copy(clients / "lantern-games.yaml", clients / "zz-copy.yaml")
    found = planned(clients, out=tmp_path / "out")
    assert len(found.items) == 3
    assert "same key" in reasons(found)
    assert "lantern-games.yaml" in reasons(found)


def test_a_source_without_one_valid_input_is_bad_input_with_every_reason(tmp_path):
    (tmp_path / "a.yaml").write_text("key: A", "utf-8")
    (tmp_path / "b.yaml").write_text("- 1", "utf-8")
    with pytest.raises(BadInput) as raised:
        batch(tmp_path, out=tmp_path / "out")
    assert {problem.file.rpartition("/")[2] for problem in raised.value.problems} == {
        "a.yaml",
        "b.yaml",
    }


def test_a_workspace_gives_the_engagements_of_its_store_as_they_stand(tmp_path):
    workspace = Workspace.at(tmp_path / "w")
    for name in ("lantern-games", "northgate-home"):
        workspace.new(load_engagement(EXAMPLES / f"{name}.yaml").engagement)
    notebook = tiny(tmp_path / "n.ipynb", ABOUT)
    asked = {"out": tmp_path / "out", "notebook": notebook, "formats": ("json",)}
    assert statuses(batch(workspace.path, **asked)) == dict.fromkeys(
        ("lantern-games.en", "northgate-home.en"), "made"
    )
    workspace.open("northgate-home").record(Change(("language",), "fr"))
    assert statuses(batch(workspace.path / "workbook.db", **asked)) == {
        "lantern-games.en": "unchanged",
        "northgate-home.fr": "made",
    }
    made = json.loads((tmp_path / "out/northgate-home.fr.json").read_text("utf-8"))
    assert json.loads(made["engagement"])["language"] == "fr"


def test_where_and_limit_choose_by_facts(clients, tmp_path):
    found = planned(clients, out=tmp_path, where='framework == "data-platform" or language == "fr"')
    assert names(found) == ["atelier-belval.fr", "lantern-games.en"]
    assert found.left_out == 1
    assert names(planned(clients, out=tmp_path, limit=1, lang="all")) == [
        "atelier-belval.en",
        "atelier-belval.de",
        "atelier-belval.fr",
    ]
    assert names(planned(clients, out=tmp_path, limit=1, lang="fr, en,fr")) == [
        "atelier-belval.fr",
        "atelier-belval.en",
    ]


@pytest.mark.parametrize("ask", [FileDocument.read, FileDocument.changed])
def test_a_document_that_is_gone_is_refused_with_its_place(ask, tmp_path):
    with pytest.raises(BadInput, match=r"gone\.yaml: cannot be read: No such file"):
        ask(FileDocument(tmp_path / "gone.yaml"))


@pytest.mark.parametrize("kind", ["csv", "semicolon", "jsonl", "parquet"])
def test_each_row_of_a_table_is_a_run_with_typed_parameters(kind, tmp_path):
    rows = [{"x": 1, "colour": "red, deep"}, {"x": 2, "colour": "été"}]
    path = tmp_path / f"t.{'csv' if kind == 'semicolon' else kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif kind == "jsonl":
        jsonl(path, *rows)
    else:
        sign = ";" if kind == "semicolon" else ","
        lines = [
            sign.join(("x", "colour")),
            *(sign.join((str(r["x"]), f'"{r["colour"]}"')) for r in rows),
        ]
        path.write_text("\ufeff" + "\r\n".join(lines), "utf-8")
    done = batch(path, out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb"))
    found = [json.loads(made) for made in visible(tmp_path / "out").values()]
    assert sorted(found, key=lambda one: one["x"]) == rows
    assert {item.name for item in done.plan.items} == {
        item.name
        for item in planned(
            jsonl(tmp_path / "other.jsonl", *rows),
            out=tmp_path / "o",
            notebook=tmp_path / "n.ipynb",
        ).items
    }


def test_a_row_may_name_its_engagement_its_day_and_its_language(clients, tmp_path):
    table = clients / "months.csv"
    table.write_text(
        "engagement,as_of,lang\n"
        "lantern-games.yaml,2026-09-30,\n"
        "lantern-games.yaml,2026-10-31,fr\n"
        "tidewater-outdoor,,\n",
        "utf-8",
    )
    found = planned(table, out=tmp_path / "out")
    first, second, third = names(found)
    assert re.fullmatch(r"lantern-games-2026-09-30~\w{12}\.en", first)
    assert re.fullmatch(r"lantern-games-2026-10-31~\w{12}\.fr", second)
    assert third == "tidewater-outdoor.en"
    assert [item.parameters["as_of"] for item in found.items] == [
        "2026-09-30",
        "2026-10-31",
        "2026-11-23",
    ]


def test_unknown_columns_stop_everything_before_anything_runs(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("x,color,x\n1,red,2\n", "utf-8")
    with pytest.raises(BadInput) as raised:
        batch(table, out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb"))
    said = str(raised.value)
    assert "unknown parameter “color”" in said
    assert "did you mean “colour”?" in said
    assert "“x” stands there twice" in said
    assert not (tmp_path / "out").exists()


def test_bad_rows_are_refused_one_by_one(tmp_path):
    table = tmp_path / "t.csv"
    table.write_bytes(
        b"x,colour,fail\n1,red,false\ntwo,red,maybe\n3,red,no,more\n4,\xe9,\n"
        b'5,"torn" x,\n6,,\n\n1,red,false\n'
    )
    found = planned(table, out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb"))
    assert [item.parameters.get("x") for item in found.items] == [1, 6]
    said = reasons(found)
    for expected in (
        "t.csv:3: x: “two” is not a whole number",
        "t.csv:3: fail: “maybe” is not true or false",
        "t.csv:4: has 4 cells for 3 columns",
        "t.csv:5: the text is not UTF-8",
        "t.csv:6: is no CSV",
        "t.csv:9: has the same name as",
    ):
        assert expected in said


def test_bad_lines_of_json_are_refused_one_by_one(tmp_path):
    table = tmp_path / "t.jsonl"
    table.write_text(
        '{"x": 1}\n{"x": \n[1]\n{"x": {"a": 1}}\n{"y": 1}\n\n{"x": 2, "name": "Ä/1"}\n'
        + "[" * 9999,
        "utf-8",
    )
    found = planned(table, out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb"))
    assert [item.parameters["x"] for item in found.items] == [1, 2]
    assert found.items[1].name.startswith("a-1~")
    assert [one.place.rpartition(":")[2] for one in found.refused] == ["2", "3", "4", "5", "8"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"lang": "it"}, "unknown language “it”"),
        ({"lang": "fr,it"}, "unknown language “it”"),
        ({"as_of": "23.11.2026"}, "is not a date"),
        ({"formats": ("htm",)}, "did you mean “html”?"),
        ({"where": "sectr == 1"}, "unknown name “sectr”"),
        ({"values": (("them", "dark"),)}, "did you mean “theme”?"),
        ({"values": (("theme", "drak"),)}, "did you mean “dark”?"),
        ({"out": "s4://bucket"}, "--out"),
    ],
)
def test_what_is_wrong_with_the_order_is_told_at_once(asked, said, clients, tmp_path):
    with pytest.raises(BadInput) as raised:
        order(clients, **({"out": tmp_path / "out", "lang": "dk"} | asked))
    assert said in str(raised.value)
    assert "--lang" in str(raised.value)


@pytest.mark.usefixtures("clients")
def test_sources_that_hold_nothing_for_the_notebook_are_told(tmp_path):
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "torn.parquet").write_bytes(b"PAR1, and nothing more")
    known = tiny(tmp_path / "n.ipynb")
    asked = {
        "empty": "holds no document",
        "pipe.csv": "not an ordinary file",
        "torn.parquet": "is no Parquet file",
        "clients": "has no parameter “engagement”",
    }
    with pytest.raises(BadInput) as raised:
        order(*(tmp_path / name for name in asked), out=tmp_path / "out", notebook=known)
    for name, said in asked.items():
        assert any(
            p.file == str(tmp_path / name) and said in p.message for p in raised.value.problems
        ), name


def test_an_engagement_of_a_store_with_a_mistake_is_refused_alone(tmp_path):
    home = Workspace.at(tmp_path / "home")
    for name in ("atelier-belval", "lantern-games"):
        home.new(load_engagement(EXAMPLES / f"{name}.yaml").engagement)
    wrong = home.open("lantern-games")
    wrong.record(Change(("overlay",), {"off": ["no_such_subject"]}))
    found = planned(home.path, out=tmp_path / "out")
    assert names(found) == ["atelier-belval.fr"]
    assert "no_such_subject" in reasons(found)


@pytest.mark.parametrize(
    ("moment", "given"),
    [
        (dt.datetime(2026, 9, 30), "2026-09-30"),  # noqa: DTZ001 - tables know no zone
        (dt.datetime(2026, 9, 30, 12, 5), "2026-09-30T12:05:00"),  # noqa: DTZ001 - as above
    ],
)
def test_a_moment_of_a_table_is_a_day_if_it_has_no_time(moment, given, tmp_path):
    table = tmp_path / "t.parquet"
    pq.write_table(pa.Table.from_pylist([{"colour": moment}]), table)
    (item,) = planned(table, out=tmp_path / "o", notebook=tiny(tmp_path / "n.ipynb")).items
    assert item.parameters["colour"] == given


def test_an_address_of_this_machine_is_a_folder(clients, tmp_path):
    asked = order(clients, out=f"file://{tmp_path}/out")
    assert (asked.outlet.local, asked.outlet.root) == (True, f"{tmp_path}/out")


@pytest.mark.parametrize(
    ("values", "formats", "said"),
    [
        ((("reader", "sponsor"),), ("xlsx",), "there is no xlsx for “sponsor”"),
        ((("person", "Ana"),), ("pdf",), "no sheet for one person for “team”"),
        ((("reader", "owner"), ("person", "Ana"), ("names", "false")), ("pdf",), "names them"),
    ],
)
def test_what_a_reader_does_not_get_is_told_before_anything_is_made(
    values, formats, said, clients, tmp_path
):
    with pytest.raises(BadInput, match=said):
        order(clients, out=tmp_path / "out", values=values, formats=formats)


def test_a_sheet_for_one_person_is_named_after_them_and_asks_who_they_are(tmp_path):
    values = (("reader", "handover"), ("person", "Ana Ruiz"))
    asked = {"out": tmp_path / "out", "values": values, "formats": ("pdf",), "lang": "en"}
    (name,) = names(planned(EXAMPLES / "maison-lorient.yaml", **asked))
    assert re.fullmatch(r"maison-lorient\.handover\.ana-ruiz~\w{12}\.en", name)
    found = planned(EXAMPLES / "lantern-games.yaml", **asked)
    assert names(found) == []
    assert "nobody is called “Ana Ruiz”" in reasons(found)


def test_reports_are_made_again_when_what_they_compare_with_changes(clients, tmp_path):
    earlier = tmp_path / "earlier"
    earlier.mkdir()
    shutil.copy(EXAMPLES / "lantern-games.yaml", earlier)
    asked = {"out": tmp_path / "out", "values": (("since", str(earlier)),)}

    def keys():
        return {item.name: item.key for item in planned(clients, **asked).items}

    before = keys()
    with (earlier / "lantern-games.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    changed = {name for name, key in keys().items() if key != before[name]}
    assert changed == {"lantern-games.en"}


def test_options_that_the_notebook_does_not_know_are_told(tmp_path):
    notebook = tiny(tmp_path / "n.ipynb")
    table = jsonl(tmp_path / "t.jsonl", {"x": 1})
    with pytest.raises(BadInput) as raised:
        order(
            table, out=tmp_path, notebook=notebook, lang="fr", as_of="2026-01-01", formats=("json",)
        )
    assert str(raised.value).count("the notebook has no parameter") == 4


def test_a_source_that_cannot_be_read_stops_no_other(clients, tmp_path):
    (tmp_path / "torn.db").write_bytes(b"no database " * 20)
    table = tmp_path / "t.parquet"
    pq.write_table(pa.table({"engagement": ["lantern-games"] * 3, "name": ["a", "b", "c"]}), table)
    content = bytearray(table.read_bytes())
    content[4:60] = bytes(56)  # The pages; the footer, with the columns' names, stays.
    table.write_bytes(content)
    found = planned(tmp_path / "torn.db", table, clients, out=tmp_path / "out")
    assert names(found) == ["atelier-belval.fr", "lantern-games.en", "northgate-home.en"]
    assert [one.place.rpartition("/")[2] for one in found.refused] == ["torn.db", "t.parquet:1"]
    assert "is damaged" in reasons(found)


def test_a_store_that_is_not_there_is_told_and_not_made(clients, tmp_path):
    store = tmp_path / "nope.db"
    with pytest.raises(BadInput, match="there is no such store"):
        planned(f"sqlite:///{store}", clients, out=tmp_path / "out")
    assert not store.exists()


@pytest.mark.parametrize("said", ["2.0", 2.0, "2", 2])
def test_a_whole_number_may_have_been_written_with_point_zero(said, tmp_path):
    table = jsonl(tmp_path / "t.jsonl", {"x": said, "colour": "2.0"})
    found = planned(table, out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb"))
    (item,) = found.items
    assert (item.parameters["x"], item.parameters["colour"]) == (2, "2.0")


def test_endings_may_be_in_capitals(clients, tmp_path):
    (clients / "north/northgate-home.yaml").rename(clients / "north/NORTHGATE.YAML")
    (tmp_path / "T.CSV").write_text("engagement,name\nlantern-games,own\n", "utf-8")
    found = planned(clients, tmp_path / "T.CSV", out=tmp_path / "out")
    assert names(found) == ["atelier-belval.fr", "lantern-games.en", "northgate-home.en", "own.en"]


def parameters_of(path, tmp_path, cell):
    """What each row of a table gives to a notebook with such a cell of parameters."""
    done = batch(path, out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb", cell))
    assert reasons(done.plan) == ""
    return [json.loads(made) for made in visible(tmp_path / "out").values()]


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_lists_and_mappings_of_a_table_stay_what_they_are(kind, tmp_path):
    row = {"names": ["Smith, John", None, "B"], "none": [], "about": {"a": [1, 2.5]}}
    path = tmp_path / f"t.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist([row]), path)
    else:
        jsonl(path, row)
    cell = 'names: list[str] = []\nnone: list[str] = ["x"]\nabout: dict = {}\n'
    assert parameters_of(path, tmp_path, cell) == [row]


def test_what_no_notebook_can_be_given_refuses_its_row(tmp_path):
    rows = [{"x": b"bytes"}, {"x": b"more"}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet")
    found = planned(
        tmp_path / "t.parquet", out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb")
    )
    assert [refused.place.rpartition(":")[2] for refused in found.refused] == ["1", "2"]
    assert "cannot be of type bytes" in reasons(found)


@pytest.mark.parametrize(
    "content",
    [
        "x,colour\n1,été\n".encode("utf-16"),
        b"sep=;\r\nx;colour\r\n1;\xc3\xa9t\xc3\xa9\r\n",
        b"sep=|\nx|colour\n1|\xc3\xa9t\xc3\xa9\n",
    ],
)
def test_tables_are_read_as_spreadsheets_write_them(content, tmp_path):
    (tmp_path / "t.csv").write_bytes(content)
    cell = 'x: int = 0\ncolour: str = ""\n'
    assert parameters_of(tmp_path / "t.csv", tmp_path, cell) == [{"x": 1, "colour": "été"}]


@pytest.mark.parametrize(
    ("cell", "given"),
    [
        ("x: int = 1\ny = 10 * 1024", {"x": 2, "y": 5}),
        ("import datetime\nx = datetime.date(2026, 1, 1)", {"x": "2026-11-23"}),
        ("x = y = 1", {"x": 2, "y": 3}),
        ("%matplotlib inline\nx = [1]", {"x": [2, 3]}),
        ("x: int\nx = 4\nif x:\n    y = 5", {"x": 2}),
    ],
)
def test_a_cell_of_parameters_is_any_python(cell, given, tmp_path):
    path = jsonl(tmp_path / "t.jsonl", given)
    assert parameters_of(path, tmp_path, cell) == [given]


def test_a_cell_of_parameters_that_is_no_python_is_bad_input(tmp_path):
    path = jsonl(tmp_path / "t.jsonl", {"x": 1})
    with pytest.raises(BadInput, match="is not Python"):
        planned(path, out=tmp_path / "out", notebook=tiny(tmp_path / "n.ipynb", "x = = 1"))


def test_a_condition_sees_the_values_of_each_report(clients, tmp_path):
    asked = {"out": tmp_path / "out", "lang": "all", "as_of": "2026-11-23"}
    found = planned(clients, where='lang == "fr" and as_of == "2026-11-23"', **asked)
    assert {item.lang for item in found.items} == {"fr"}
    assert len(found.items) == 3
    assert planned(clients, where='lang == "it"', **asked).left_out == 3


def test_a_document_whose_name_is_no_text_is_reported_like_any_other(tmp_path):
    folder = tmp_path / "clients"
    folder.mkdir()
    shutil.copy(EXAMPLES / "lantern-games.yaml", os.fsdecode(bytes(folder) + b"/caf\xe9.yaml"))
    done = batch(folder, out=tmp_path / "out")
    assert statuses(done) == {"lantern-games.en": "made"}
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))
    assert "caf" in summary["reports"][0]["place"]
    assert (tmp_path / "out" / "index.html").exists()


def test_a_brand_beside_documents_is_none_of_them_and_remakes_them_when_it_changes(tmp_path):
    folder = tmp_path / "clients"
    folder.mkdir()
    shutil.copy(EXAMPLES / "lantern-games.yaml", folder)
    keys = []
    for brand in (None, "#7A1FA2", "#0B5D66"):
        if brand:
            (folder / "brand.yaml").write_text(f'colours: {{accent: "{brand}"}}\n')
        made = planned(folder, out=tmp_path / "out", formats=("xlsx",))
        assert made.refused == []
        keys += [item.key for item in made.items]
    assert len(keys) == len(set(keys)) == 3
