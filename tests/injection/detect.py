"""What a reader's program would do with an output: the commands that it finds in it.

Each looks as the program looks, with a parser that has nothing to do with what wrote the file.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import openpyxl
import pypdf

MARKER = re.compile(r"zq\d{3}q")
DONE = re.compile(r"DONEzq\d{3}q")
ACTIVE = {"script", "iframe", "object", "embed", "link", "meta", "base", "form", "img", "math"}
FOLLOWED = {"href", "src", "srcdoc", "action", "formaction", "data", "style", "xlink:href"}
STYLE_TEXT = re.compile(r'"(?:[^"\\\n]|\\[^\n])*"')
"""A text of a stylesheet, which is shown and does nothing."""
STEERING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
CALENDAR = {
    *("BEGIN", "END", "VERSION", "PRODID", "METHOD", "CALSCALE", "UID", "DTSTAMP", "SEQUENCE"),
    *("DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "STATUS", "TRANSP", "CLASS"),
    *("LAST-MODIFIED", "CREATED", "X-WR-CALNAME", "NAME", "URL", "LOCATION", "X-WORKBOOK-REPORT"),
}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self._inside = tag
        self._is_data = known.get("type") in {"application/json", "text/plain"}
        for name, value in attrs:
            text = value or ""
            if MARKER.search(name) or (name.startswith("on") and MARKER.search(text)):
                self.found.append(f"<{tag} {name}={text[:60]}>")
            if name in FOLLOWED and MARKER.search(text) and not _is_plain_address(name, text):
                self.found.append(f"<{tag} {name}={text[:60]}>")
        held = any(MARKER.search(value or "") for _, value in attrs)
        if tag in ACTIVE and held and (tag != "meta" or known.get("http-equiv")):
            self.found.append(f"<{tag}>")
        if MARKER.search(tag):
            self.found.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            data = STYLE_TEXT.sub("", data)
        if self._inside in {"script", "style"} and not self._is_data and MARKER.search(data):
            self.found.append(f"{self._inside}: {data[:60]}")


def _is_plain_address(name: str, text: str) -> bool:
    return name == "href" and text.startswith(("mailto:", "#"))


def page(text: str) -> list[str]:
    """What a browser would run, load or follow of a payload in a page."""
    read = _Page()
    read.feed(text)
    return read.found + DONE.findall(text) + re.findall(r"\b49zq\d{3}q", text)


def spreadsheet_text(content: bytes) -> list[str]:
    """The cells of CSV that a spreadsheet takes for formulas."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [
                cell for name in archive.namelist() for cell in spreadsheet_text(archive.read(name))
            ]
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if MARKER.search(cell) and is_formula(cell)]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would reckon: the signs count behind blanks, too."""
    return cell[:1] in {"\t", "\r"} or cell.lstrip()[:1] in {"=", "+", "-", "@"}


def workbook(content: bytes) -> list[str]:
    """Formulas and links of a payload in XLSX."""
    with warnings.catch_warnings(action="ignore"):  # what the library does not know is no payload
        book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    formulas = [str(c.value) for c in cells if c.data_type == "f" and MARKER.search(str(c.value))]
    links = [str(c.hyperlink.target) for c in cells if c.hyperlink]
    return formulas + [link for link in links if MARKER.search(link) and not _is_mail(link)]


def _is_mail(link: str) -> bool:
    return link.startswith("mailto:")


def office(content: bytes) -> list[str]:
    """Fields, links and elements of a payload in the XML of Word and PowerPoint."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            for element in ET.fromstring(archive.read(name)).iter():  # noqa: S314 - our own file
                tag = element.tag.rpartition("}")[2]
                told = [element.text or ""] if tag in {"instrText", "fldSimple", "f"} else []
                if tag in {"fldSimple", "Relationship", "hlinkClick"}:
                    told += [v for v in element.attrib.values() if not _is_mail(v)]
                found += [f"{name}: <{tag}> {text[:60]}" for text in told if MARKER.search(text)]
                if MARKER.search(tag):
                    found.append(f"{name}: <{tag}>")
                found += DONE.findall(element.text or "")
    return found


def pdf(content: bytes) -> list[str]:
    """What typst has worked out, and links of a payload, in a PDF."""
    read = pypdf.PdfReader(io.BytesIO(content))
    found: list[str] = []
    for sheet in read.pages:
        found += DONE.findall(sheet.extract_text())
        for note in sheet.get("/Annots") or ():
            address = str(note.get_object().get("/A", {}).get("/URI", ""))
            if MARKER.search(address) and not _is_mail(address):
                found.append(address)
    return found


def calendar(content: bytes) -> list[str]:
    """Lines of a calendar that no program of ours writes."""
    lines = re.sub(r"\r?\n[ \t]", "", content.decode("utf-8"))
    names = [re.split(r"[:;]", line)[0] for line in re.split(r"[\r\n]+", lines) if line]
    alarms = ["BEGIN:VALARM"] if "\nBEGIN:VALARM" in lines else []
    return [name for name in names if name not in CALENDAR] + alarms


def terminal(text: str) -> list[str]:
    """Signs that steer a terminal or turn the direction of what is read."""
    return [repr(text[max(0, m.start() - 10) : m.end() + 10]) for m in STEERING.finditer(text)]


def headers(content: bytes) -> list[str]:
    """Header lines of a mail that a payload has made."""
    head = re.split(rb"\r?\n\r?\n", content, maxsplit=1)[0].decode("utf-8", "replace")
    lines = re.sub(r"\r?\n[ \t]+", " ", head).splitlines()
    known = re.compile(
        r"(?i)(to|from|subject|date|message-id|mime-version|content-[\w-]+|x-unsent|reply-to"
        r"|auto-submitted):"
    )
    twice = [line for line in lines if line.lower().startswith("subject:")][1:]
    return [line for line in lines if line and not known.match(line)] + twice
