"""What a report was made from, written into each of its files, and read from them again."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import TYPE_CHECKING

from workbook import __version__
from workbook.scoring.disclosure import shown_data

if TYPE_CHECKING:
    from workbook.model.engagement import Engagement
    from workbook.model.evaluation import Evaluation
    from workbook.model.rules import Rules

MARK = "workbook-report/1"
DIGITS = 24
"""Of a digest, so that all fits into the keywords of an office document."""
_WRITTEN = re.compile(re.escape(MARK.encode()) + rb"((?:;[a-z]+=[^;\"<>\s()\\]*)+)")
_MOST = 10**8
"""Bytes of one file in an archive that are looked through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a report was made from.

    `framework` is its key and version, `rules` the digest of the rules in force, `input` that of
    what the report tells of, `day` the day of the evaluation. `head` is the head of the chain in
    the store; blank for a document, which has none.
    """

    workbook: str
    framework: str
    rules: str
    input: str
    day: str
    lang: str
    head: str = ""

    def __str__(self) -> str:
        values = (f"{field.name}={getattr(self, field.name)}" for field in fields(self))
        return ";".join((MARK, *values))


def provenance_of(
    rules: Rules, engagement: Engagement, evaluation: Evaluation, lang: str, head: str = ""
) -> Provenance:
    """What a report of an engagement is made from.

    Where voices have no names, the digest is of what may be shown and of nothing else: whoever
    tried every possible answer against it would learn nothing.
    """
    if engagement.anonymous:
        content = json.dumps(shown_data(rules, engagement, evaluation), sort_keys=True)
    else:
        content = engagement.model_dump_json(exclude={"key"})
    return Provenance(
        workbook=__version__,
        framework=f"{rules.framework.key}@{rules.framework.version}",
        rules=rules.digest[:DIGITS],
        input=sha256(content.encode()).hexdigest()[:DIGITS],
        day=evaluation.as_of.isoformat(),
        lang=lang,
        head=head[:DIGITS],
    )


def read_provenance(content: bytes) -> Provenance | None:
    """What a file says it was made from; None if it says nothing."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            small = [entry for entry in archive.infolist() if entry.file_size < _MOST]
            return next(filter(None, (_read(archive.read(entry)) for entry in small)), None)
    return _read(content)


def _read(content: bytes) -> Provenance | None:
    # A calendar breaks its lines after 75 bytes.
    match = _WRITTEN.search(content.replace(b"\r\n ", b""))
    if match is None:
        return None
    known = {field.name for field in fields(Provenance)}
    pairs = (pair.partition("=") for pair in match[1].decode(errors="replace").split(";")[1:])
    values = {name: value for name, _, value in pairs if name in known}
    return Provenance(**values) if known - {"head"} <= values.keys() else None
