"""A file of answers, or a mail that holds one, which the page of a questionnaire has written."""

from __future__ import annotations

import base64
import binascii
import json
import re

from workbook.errors import BadInput, Problem
from workbook.exchange.tables.grid import Grid, GridCell, Line
from workbook.exchange.tables.xlsx_grid import CODES

NAME = "workbook-questionnaire"
_DESCRIBING = ("name", "kind", "title", "inside", "lead")
_BLOCK = re.compile(rf"\[{NAME}\s(.*?)(\]|\Z)", re.DOTALL)


def holds_answers(text: str) -> bool:
    """Whether a text is a file of answers, or a mail with the block of one."""
    return text.lstrip("\ufeff \t\r\n").startswith(f'{{"{NAME}"') or bool(_BLOCK.search(text))


def read_answers(text: str, name: str) -> Grid:
    """The answers as lines of codes; BadInput if a part of them is missing."""
    try:
        block = _BLOCK.search(text)
        data = json.loads(_unwrapped(block[1]) if block else text.lstrip("\ufeff"))
        rows = [
            (NAME, "1"),
            ("pass", data["pass"]),
            *(
                ("answer", a["subject"], json.dumps(a["fields"]), json.dumps(a["names"]), a["on"])
                for a in data["answers"]
            ),
            *(("newcomer", *(p[x] for x in _DESCRIBING)) for p in data.get("newcomers", ())),
            *(("missing", missing) for missing in data["missing"]),
        ]
        lines = tuple(
            Line(number, tuple(GridCell(str(cell)) for cell in row))
            for number, row in enumerate(rows, 1)
        )
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError) as error:
        fix = "save the answers again on the page, or copy the text whole"
        raise BadInput(Problem("the file of answers is damaged", fix, file=name)) from error
    return Grid(lines, sheet=CODES)


def _unwrapped(block: str) -> bytes:
    """The data of a block, whatever a mail program did to its lines."""
    letters = re.sub(r"[^\w-]", "", block, flags=re.ASCII)
    return base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
