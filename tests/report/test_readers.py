"""Each reader's document: made of the same evaluation, with what this reader needs and no more."""

from __future__ import annotations

import io
import itertools
import json
import zipfile

import docx as word
import pytest
from typer.testing import CliRunner

from tests.report.examples import AS_OF, EXAMPLES, evaluated, example
from workbook import report
from workbook.batch.formats import FORMATS_READ, direct
from workbook.cli.main import app
from workbook.errors import BadInput
from workbook.fragments.leaflet import Leaflet, LeafletTable
from workbook.i18n import voice
from workbook.report import show
from workbook.report.readers import READERS, read_by
from workbook.report.sheets import party_named
from workbook.scoring.departure import if_leaves
from workbook.wording.phrases import Phrases

pytestmark = pytest.mark.slow


def document(reader, name="maison-lorient", lang="en"):
    engagement, rules = example(name)
    return read_by(reader, rules, engagement, evaluated(name), lang)


def phrases_of(name, lang="en"):
    engagement, rules = example(name)
    return Phrases(rules, voice(lang), engagement, evaluated(name))


def tables(leaflet):
    return [[p for p in pieces if isinstance(p, LeafletTable)] for _, pieces in leaflet.told()]


def test_the_team_reads_everything_and_the_sponsor_what_there_is_to_decide():
    without_earlier = [key for key in report.SECTIONS if key != "since"]
    assert [section.key for section in document("team").sections] == without_earlier
    sponsor = document("sponsor")
    assert [section.key for section in sponsor.sections] == ["gates", "actions"]
    assert sponsor.headline == document("team").headline


@pytest.mark.parametrize(("name", "lang"), tuple(itertools.product(EXAMPLES, ("en", "fr"))))
def test_every_subject_with_one_owner_stands_on_that_owners_sheet_alone(name, lang):
    phrases, sheets = phrases_of(name, lang), document("owner", name, lang)
    owned = [row[0] for subjects, *_ in tables(sheets) for row in subjects.rows]
    one = [key for key, ownership in phrases.ownership.items() if ownership.owner]
    assert sorted(owned) == sorted(map(phrases.focal, one))
    owners = {phrases.ownership[key].owner for key in one}
    signers = [signing.rows[0][0] for *_, signing in tables(sheets)]
    assert signers == [phrases.titled(key) for key in sorted(owners, key=phrases.party)]


@pytest.mark.parametrize(
    ("name", "said"),
    [("Ana Ruiz", "again, overdue since 8 September 2026."), ("Karim Benali", "by 9 May 2027.")],
)
def test_a_sheet_says_when_its_owner_confirms_again_or_that_it_is_overdue(name, said):
    (lead,) = (pieces[0] for title, pieces in document("owner").parts if name in title)
    assert said in lead


def test_a_handover_says_who_stands_in_and_what_is_left_without_an_owner():
    phrases, engagement = phrases_of("maison-lorient"), example("maison-lorient").engagement
    sheets = document("handover")
    by_title = {
        title: [row for t in pieces if isinstance(t, LeafletTable) for row in t.rows]
        for title, pieces in sheets.told()
    }
    left = if_leaves(phrases.rules, engagement, "ana-ruiz", AS_OF)
    rows = by_title[f"If {phrases.party('ana-ruiz')} leaves"]
    heirs = {row[0]: row[2] for row in rows}
    assert left.inherited
    assert {
        phrases.focal(key): phrases.party(heir) for key, heir in left.inherited
    }.items() <= heirs.items()
    assert all(heirs[phrases.focal(key)] == "" for key in left.orphaned)


@pytest.mark.parametrize("reader", ["owner", "handover"])
@pytest.mark.parametrize("name", ["ana-ruiz", "Ana Ruiz", "ana ruiz"])
def test_one_persons_sheet_is_theirs_among_all(reader, name):
    engagement, rules = example("maison-lorient")
    everybody = dict(document(reader).parts)
    alone = read_by(reader, rules, engagement, evaluated("maison-lorient"), "en", person=name)
    assert len(alone.parts) == 1
    assert everybody.items() >= dict(alone.parts).items()
    assert alone.title.startswith(alone.parts[0][0])


def test_who_owns_nothing_gets_a_sheet_that_says_so():
    engagement, rules = example("maison-lorient")
    owners = {ownership.owner for ownership in phrases_of("maison-lorient").ownership.values()}
    idle = next(person for person in engagement.people if person.id not in owners)
    asked = "owner", rules, engagement, evaluated("maison-lorient"), "fr"
    alone = read_by(*asked, person=idle.name)
    assert alone.lead == f"{idle.name} n’est encore responsable de rien."


REFUSED = {
    "a name that is nearly right": ((), {"person": "Anna Ruiz"}, "nobody is called", "Ana Ruiz"),
    "a person for the team": ((), {"reader": "team", "person": "Ana Ruiz"}, "for “team”", "owner"),
    "a name where names are off": (("--names", "off"), {}, "names them", "show names"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_person_in_vain_is_refused_before_anything_is_written(kind, tmp_path):
    more, changed, said, fix = REFUSED[kind]
    values = {"reader": "owner", "person": "Ana Ruiz", **changed}
    words = [word for name, value in values.items() for word in (f"--{name}", value)]
    file = str(EXAMPLES["maison-lorient"])
    out = ["--format", "pdf", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, ["report", file, *words, *more, *out])
    assert done.exit_code == 2
    assert said in done.stderr
    assert fix in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "said"), [({}, "for “team”"), ({"reader": "owner", "names": False}, "names them")]
)
def test_a_notebook_that_asks_for_a_person_in_vain_is_told_so(options, said):
    with pytest.raises(BadInput, match=said):
        show(str(EXAMPLES["maison-lorient"]), as_of=AS_OF.isoformat(), person="Ana Ruiz", **options)


def test_a_team_has_a_sheet_but_does_not_leave():
    engagement, _ = example("maison-lorient")
    team = engagement.teams[0]
    assert party_named(engagement, team.name) == team.id
    with pytest.raises(BadInput, match="nobody is called"):
        party_named(engagement, team.name, leaves=True)


def test_two_people_of_one_name_are_told_apart_by_their_ids():
    engagement, _ = example("maison-lorient")
    first, second, *others = engagement.people
    twin = second.model_copy(update={"name": first.name.upper()})
    alike = engagement.model_copy(update={"people": (first, twin, *others)})
    with pytest.raises(BadInput, match="several are called") as error:
        party_named(alike, first.name)
    assert f"{first.id}, {twin.id}" in error.value.problems[0].fix
    assert party_named(alike, twin.id) == twin.id


def test_an_unknown_reader_is_named_with_the_nearest():
    with pytest.raises(BadInput, match="unknown reader “sponser”") as error:
        document("sponser")
    assert "sponsor" in error.value.problems[0].fix


@pytest.mark.parametrize("reader", READERS)
def test_a_notebook_shows_what_a_reader_gets(reader):
    shown = report.show("maison-lorient", lang="fr", as_of="2026-11-23", reader=reader)
    bundle, _ = shown._repr_mimebundle_()
    title = shown.report.title
    assert title.partition(" · ")[0] in bundle["text/html"]
    assert bundle["text/plain"]


@pytest.mark.parametrize("reader", ["owner", "handover", "sponsor"])
def test_word_documents_of_readers_open_and_begin_a_page_for_each_sheet(reader):
    made = document(reader)
    content = direct(
        "docx",
        {
            "engagement": str(EXAMPLES["maison-lorient"]),
            "lang": "en",
            "as_of": AS_OF.isoformat(),
            "reader": reader,
        },
    )
    opened = word.Document(io.BytesIO(content))
    heads = [p for p in opened.paragraphs if p.style.name == "Heading 1"]
    if isinstance(made, Leaflet):
        assert [p.text for p in heads] == [title for title, _ in made.told()]
        assert [p.paragraph_format.page_break_before for p in heads] == [None] + [True] * (
            len(heads) - 1
        )
    else:
        assert [p.text for p in heads] == [section.title for section in made.sections]


@pytest.mark.parametrize("reader", ["owner", "handover", "sponsor"])
@pytest.mark.parametrize("names", [True, False])
def test_a_readers_word_document_names_nobody_where_names_are_off(reader, names):
    engagement, _ = example("maison-lorient")
    values = {"engagement": str(EXAMPLES["maison-lorient"]), "as_of": AS_OF.isoformat()}
    content = direct("docx", {**values, "lang": "en", "reader": reader, "names": names})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = " ".join(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        )
    named = {person.name for person in engagement.people if person.name in whole}
    assert bool(named) is names


def test_a_format_that_a_reader_does_not_get_is_refused_with_those_that_there_are(tmp_path):
    done = CliRunner().invoke(
        app,
        [
            "report",
            str(EXAMPLES["maison-lorient"]),
            "--reader",
            "poster",
            "--format",
            "pptx,pdf",
            "--out",
            str(tmp_path / "out"),
        ],
    )
    assert done.exit_code == 2
    assert "there is no pptx for “poster”" in done.stderr
    assert ", ".join(FORMATS_READ["poster"]) in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.slow  # three batches
def test_no_readers_file_takes_the_name_of_anothers(tmp_path):
    for reader in ("team", "sponsor", "owner"):
        done = CliRunner().invoke(
            app,
            [
                "report",
                str(EXAMPLES["maison-lorient"]),
                "--reader",
                reader,
                "--format",
                "pdf",
                "--lang",
                "fr",
                "--out",
                str(tmp_path),
                "--json",
            ],
        )
        assert done.exit_code == 0, done.stderr
        assert json.loads(done.stdout)["ok"]
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [
        "maison-lorient.fr.pdf",
        "maison-lorient.owner.fr.pdf",
        "maison-lorient.sponsor.fr.pdf",
    ]
