"""Base documents to begin from: ours, with the styles, controls and layouts that a report needs."""

from __future__ import annotations

import io

from docx.oxml import parse_xml
from pptx import Presentation

from workbook.office.archive import steady
from workbook.office.basing import REPORT
from workbook.office.docx import blank
from workbook.office.pptx import set_up_master
from workbook.office.wordml import NAMES, field, paragraph, run


def word_template() -> bytes:
    """A Word document with our styles, and controls for the report and for every page."""
    document = blank()
    section = document.sections[0]
    end = document.element.body.sectPr
    end.addprevious(parse_xml(_control(REPORT, "Normal")))
    for part, tag in ((section.header, "organisation"), (section.footer, "title")):
        first = part.paragraphs[0]._p  # noqa: SLF001
        first.addprevious(parse_xml(_control(tag, "Header")))
        first.getparent().remove(first)
    number = parse_xml(f"<w:h {NAMES}>{paragraph('Footer', field('PAGE', '1'), right=True)}</w:h>")
    section.footer._element.append(number[0])  # noqa: SLF001
    return _saved(document)


def slide_template() -> bytes:
    """A presentation without slides, whose layouts are ours."""
    presentation = Presentation()
    set_up_master(presentation)
    return _saved(presentation)


def _control(tag: str, style: str) -> str:
    return (
        f'<w:sdt {NAMES}><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/></w:sdtPr>'
        f"<w:sdtContent>{paragraph(style, run(f'[{tag}]'))}</w:sdtContent></w:sdt>"
    )


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return steady(out.getvalue())
