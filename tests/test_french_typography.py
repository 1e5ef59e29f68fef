"""French as it is printed: apostrophes, quotation marks, no-break spaces, everywhere it stands.

Catalogues, everything that YAML says in French, the pages for French readers, the notebooks, and
whole reports, whose sentences are put together from parts.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
import yaml

from tests.report.examples import EXAMPLES, report_of
from tests.texts import bare, catalogues, forms
from workbook import resources
from workbook.content import load_framework
from workbook.i18n import voice
from workbook.report.html import html
from workbook.wording.names import Vocabulary

NO_BREAK = "\N{NO-BREAK SPACE}"
FAULTS = {
    "an upright apostrophe": r"\w'\w",
    "an upright quotation mark": r'"',
    "no no-break space before ; ? ! »": r"[^\s;:?!»…(\[][;?!»](?!\w)",
    "no no-break space before a colon": rf"[^\s{NO_BREAK}:]:(?=[\s{NO_BREAK}]|$)",
    "no no-break space after «": rf"«[^{NO_BREAK}]",
    "a plain space before : ; ? ! » %": r"[ \n][:;?!»](?=[\s.,;)]|$)|\d[ \n]%",
    "a narrow space before punctuation": "\N{NARROW NO-BREAK SPACE}[:;?!»]",
    "two spaces": r"\S[  ]{2,}[^\s=]",
    "three full stops": r"[a-zé ]\.\.\.",
    "a hyphen for a dash": r"\w - \w",
    "guillemets inside guillemets": r"«[^»]*«",
    "English quotation marks outside guillemets": r"^[^«]*“|»[^«]*“",
}
CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)|<[^>]*>|\|[-: |]+\|", re.DOTALL)


def said_in_catalogues():
    for file, message in catalogues("fr"):
        for text in forms(message.string):
            if message.id != "‘{text}’":  # the marks inside guillemets themselves
                yield file, bare(text)


class _Texts(yaml.CSafeLoader):
    """YAML whose includes are read apart, as files of their own."""


_Texts.add_multi_constructor("!", lambda _loader, _tag, _node: None)


def said_in_yaml():
    def inside(value):
        if isinstance(value, dict):
            for key, part in value.items():
                if key == "fr" and isinstance(part, str):
                    yield part
                else:
                    yield from inside(part)
        elif isinstance(value, list):
            for part in value:
                yield from inside(part)

    for path in sorted(resources.templates().rglob("*.yaml")):
        for text in inside(yaml.load(path.read_text("utf-8"), _Texts)):  # noqa: S506
            yield path.name, bare(text)


def said_in_pages():
    for path in sorted((resources.root() / "docs").rglob("*.fr.md")):
        for line in CODE.sub("x", path.read_text("utf-8")).splitlines():
            yield path.name, re.sub(r"^[>\s|#*-]+|[*_]", "", bare(line))


def said_in_notebooks():
    for path in sorted((resources.root() / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                for line in CODE.sub("x", "".join(cell["source"])).splitlines():
                    if re.search(r"[éèàùç]|\bl’|\bd’", line):
                        yield path.name, bare(line)


class _Words(HTMLParser):
    """The texts of a page, and those of its pictures for who does not see them."""

    def __init__(self):
        super().__init__()
        self.texts, self._skipped = [], 0

    def handle_starttag(self, tag, attrs):
        self._skipped += tag in ("style", "script")
        self.texts += [text for name, text in attrs if name in ("aria-label", "title", "alt")]

    def handle_endtag(self, tag):
        self._skipped -= tag in ("style", "script")

    def handle_data(self, data):
        if not self._skipped:
            self.texts.append(data)


def said_in_reports():
    french = [name for name in EXAMPLES if "language: fr" in EXAMPLES[name].read_text("utf-8")]
    for name in french:
        words = _Words()
        words.feed(html(report_of(name, "fr")))
        yield from ((name, bare(text)) for text in words.texts)


SOURCES = (said_in_catalogues, said_in_yaml, said_in_pages, said_in_notebooks, said_in_reports)


@pytest.fixture(scope="module", params=SOURCES, ids=lambda source: source.__name__[8:])
def texts(request):
    texts = list(dict.fromkeys(request.param()))
    assert len(texts) > 5
    return texts


@pytest.mark.parametrize(("fault", "pattern"), FAULTS.items(), ids=lambda part: part)
def test_french_has_no_typographic_fault(texts, fault, pattern):
    wrong = [(where, text) for where, text in texts if re.search(pattern, text)]
    assert not wrong, fault


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("an upright apostrophe", "l'ERP"),
        ("no no-break space before ; ? ! »", "Vraiment?"),
        ("no no-break space before a colon", "Score: 65"),
        ("a plain space before : ; ? ! » %", "Score : 65"),
        ("two spaces", "deux  espaces"),
        ("guillemets inside guillemets", f"«{NO_BREAK}Le poste «{NO_BREAK}achats{NO_BREAK}»"),
        ("English quotation marks outside guillemets", "Le poste “achats” est vacant"),
    ],
)
def test_a_fault_is_seen(fault, text):
    assert re.search(FAULTS[fault], text)


@pytest.mark.parametrize(
    ("lang", "text", "quoted"),
    [
        ("fr", "Le poste « achats » est vacant.", "« Le poste “achats” est vacant. »"),
        ("fr", "« Quand Yann passe. »", "« Quand Yann passe. »"),
        ("en", "The post “buying” is vacant.", "“The post ‘buying’ is vacant.”"),
        ("en", "Ask Ann.", "“Ask Ann.”"),
    ],
)
def test_a_quotation_inside_another_has_marks_of_its_own(lang, text, quoted):
    words = Vocabulary(load_framework("commerce-stakeholders"), voice(lang))
    assert words.quoted(text).replace(NO_BREAK, " ") == quoted
