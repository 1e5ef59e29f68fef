"""What holds for every format of every example: no file is large, none tells of anybody unasked."""

from __future__ import annotations

import io
import zipfile
import zlib

import pypdf
import pypdfium2
import pytest

from tests.report.examples import AS_OF, EXAMPLES, VARIED, example, nothing_applies, report_of
from workbook import report
from workbook.batch.formats import contents
from workbook.office import RENDERERS
from workbook.report.html import page
from workbook.scoring import evaluate

pytestmark = pytest.mark.slow

DIRECT = (*sorted(RENDERERS), "json")
MOST = {"html": 300_000, "pdf": 500_000, "pptx": 1_000_000}


@pytest.mark.parametrize(("name", "lang"), VARIED)
def test_files_are_small_enough_to_be_sent(name, lang):
    made = report_of(name, lang)
    sizes = {
        "html": len(page(made).encode()),
        "pdf": len(RENDERERS["pdf"](made)),
        "pptx": len(RENDERERS["pptx"](made)),
    }
    assert {form: size for form, size in sizes.items() if size > MOST[form]} == {}


def bare(content):
    """Everything in a file as text: archives unpacked, however deep, and streams inflated."""
    content = content.encode() if isinstance(content, str) else content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            parts = [entry.filename + entry.comment.decode() for entry in entries]
            return "\n".join([*parts, *(bare(archive.read(entry)) for entry in entries)])
    if content.startswith(b"%PDF"):
        return "\n".join(pdf_parts(content))
    return content.decode("utf-8", "replace").replace("\r\n ", "")  # lines of a calendar go on


def pdf_parts(content):
    """What a PDF shows, what it says of itself, and each object with what its stream holds."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    document = pypdfium2.PdfDocument(content)
    for shown in document:
        yield " ".join(shown.get_textpage().get_text_range().split())
    yield str(reader.metadata)
    for number in range(1, len(reader.xref[0]) + 1):
        thing = reader.get_object(number)
        yield str(thing)
        if isinstance(thing, pypdf.generic.StreamObject):
            try:
                yield thing.get_data().decode("latin-1")
            except (zlib.error, NotImplementedError, pypdf.errors.PyPdfError):
                yield ""


def named(name, content):
    """Who of an example is told of in a file: by name, by id, or in their own words."""
    engagement, _ = example(name)
    whole = " ".join(bare(content).split())
    marks = {person.name for person in engagement.people}
    marks |= {person.id for person in engagement.people if "-" in person.id}
    marks |= {each.name for each in engagement.respondents if each.name}
    marks |= {each.note for each in engagement.nominations if each.note and len(each.note) > 20}
    return {mark for mark in marks if " ".join(mark.split()) in whole}


def files(name, lang, *, names):
    values = {"engagement": str(EXAMPLES[name]), "as_of": AS_OF.isoformat(), "lang": lang}
    made = contents(DIRECT, values | {"names": names})
    shown = report.show(str(EXAMPLES[name]), as_of=AS_OF.isoformat(), lang=lang, names=names)
    bundle, _ = shown._repr_mimebundle_()
    yield "html", page(shown.report) + str(bundle)
    yield from zip(DIRECT, made, strict=True)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_without_names_no_byte_of_any_format_names_anybody(name):
    for form, content in files(name, "fr", names=False):
        assert named(name, content) == set(), form


def test_the_same_files_name_people_where_names_are_shown():
    """The control: what looks for names finds them in every format that tells of people."""
    found = {form for form, content in files("maison-lorient", "fr", names=True)
             if named("maison-lorient", content)}  # fmt: skip
    assert found == {"html", *DIRECT}


@pytest.mark.parametrize("form", ["docx", "pptx", "xlsx", "csv"])
def test_a_name_anywhere_in_a_package_is_found(form):
    """The sabotage: a name in the properties, or in a package inside the package."""
    made = dict(files("maison-lorient", "fr", names=False))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", "<dc:creator>Ana Ruiz</dc:creator>")
    outer = io.BytesIO(made[form])
    with zipfile.ZipFile(outer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("hidden/inside.xlsx", inner.getvalue())
    assert named("maison-lorient", outer.getvalue()) == {"Ana Ruiz"}


@pytest.mark.parametrize("form", sorted(RENDERERS))
def test_a_report_of_nothing_is_made_in_every_format_and_says_why(form):
    engagement, rules = nothing_applies()
    made = report.build(rules, engagement, evaluate(rules, engagement, AS_OF), "en")
    text = bare(RENDERERS[form](made))
    told = {
        "docx": ("Nothing to report", "No must-haves", "Another programme does it"),
        "pptx": ("Nothing of this framework applies",),
        "xlsx": ("not applicable here",),
        "csv": ("not applicable here",),
    }
    for sentence in told.get(form, ()):
        assert sentence in text
