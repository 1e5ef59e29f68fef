"""The plan: which reports are to be made, which stand as they are, which inputs are refused."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from workbook.batch import shaping, sources
from workbook.batch.formats import TEAM
from workbook.batch.frameworks import Frameworks, OwnFramework
from workbook.batch.inputs import Document, Facts, FileDocument, Input, RefusedInput, refusal
from workbook.batch.ledger import Ledger, LedgerEntry
from workbook.batch.naming import MARK, marked, row_name, safe_name
from workbook.batch.order import (
    AS_OF,
    BRAND,
    ENGAGEMENT,
    LANG,
    PERSON,
    READER,
    SINCE,
    Order,
)
from workbook.batch.outlet import digest_of
from workbook.batch.shaping import digest_of_values, key_of, shape
from workbook.content.sources import brand_path
from workbook.errors import Problem, WorkbookError

NEW, CHANGED, FAILED, MISSING, FORCED = "new", "changed", "failed", "missing", "forced"


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """One report. `key` is equal exactly if everything that shapes it is; `digest` its document's.

    `framework` is its document's, unless that is one that we ship.
    `parameters` are complete, except for the engagement's path. `cause` says why it is to be made:
    new, changed, failed before, missing (removed or altered by hand, or another format is asked
    for), forced; "" if it stands as it is.
    """

    name: str
    place: str
    title: str
    lang: str
    key: str
    digest: str
    document: Document | None
    parameters: Mapping[str, object]
    framework: OwnFramework | None = None
    cause: str = ""


@dataclass(slots=True)
class BatchPlan:
    """Everything that was asked for, in the order of the sources."""

    items: list[PlannedReport] = field(default_factory=list)
    refused: list[RefusedInput] = field(default_factory=list)
    left_out: int = 0

    @property
    def any(self) -> bool:
        """Whether one input at least is valid, wanted or not."""
        return bool(self.items or self.left_out)

    @property
    def todo(self) -> Iterator[PlannedReport]:
        """The reports that are to be made."""
        return (item for item in self.items if item.cause)


def plan(order: Order, ledger: Ledger) -> BatchPlan:
    """Read every input and compare it with the ledger. Writes nothing but notes in the ledger.

    Raises BadInput where `--where` cannot be decided.
    """
    planned, taken = BatchPlan(), dict[str, str]()
    # Nothing is compared where everything is made again.
    shaped = {} if order.afresh else shape(order.notebook) | {"surroundings": order.surroundings}
    read = _Reader(ledger)
    for count, items in enumerate(_wanted(order, shaped, read, planned)):
        if order.limit is not None and count >= order.limit:
            break
        for item in items:
            if item.name in taken:
                planned.refused.append(_taken_twice(item, taken[item.name]))
                continue
            taken[item.name] = item.place
            planned.items.append(replace(item, cause=_cause(order, ledger, item)))
    return planned


@dataclass(frozen=True, slots=True)
class _Read:
    """What is known of an input's document: its digest, its facts, its framework if not shipped."""

    digest: str = ""
    facts: Facts = field(default_factory=dict)
    framework: OwnFramework | None = None

    @property
    def framework_digest(self) -> str:
        """The digest of the framework's files; "" without a document."""
        if self.framework:
            return self.framework.digest
        return shaping.framework(str(self.facts["framework"])) if self.facts else ""


class _Reader:
    """Reads documents, once for each content."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._frameworks = Frameworks()

    def __call__(self, document: Document | None) -> _Read:
        """What is known of a document; BadInput with every problem in it."""
        if document is None:
            return _Read()
        digest, near = self._digest(document), document.near
        known = digest_of_values([digest, self._frameworks.knowledge(near)])
        facts = self._ledger.facts(known)
        if facts is None:
            facts = document.facts()
            self._ledger.remember(known, facts)
        own = self._frameworks.own(near).get(str(facts["framework"]))
        return _Read(digest, facts, own)

    def _digest(self, document: Document) -> str:
        """The digest of a document; a file that surely has not changed is not read again."""
        if not isinstance(document, FileDocument):
            return digest_of(document.read())
        path = os.path.abspath(document.path)  # noqa: PTH100 - quicker
        try:
            stamp = os.stat(path)  # noqa: PTH116 - as above
        except OSError:
            return digest_of(document.read())
        digest = self._ledger.digest(path, stamp)
        if not digest:
            digest = digest_of(document.read())
            self._ledger.saw(path, stamp, digest)
        return digest


class ChosenBrand(NamedTuple):
    """A brand's file, and the digest of all that it names."""

    path: str
    digest: str


class _Looks:
    """Finds the brand of each input: the one that is named, else one beside its source."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._known: dict[Path, ChosenBrand] = {}

    def __call__(self, source: Input) -> ChosenBrand | None:
        """The input's brand; BadInput with every problem in it."""
        named = str(source.values.get(BRAND) or self._order.values.get(BRAND) or "")
        if BRAND not in self._order.parameters:
            return None
        path = brand_path(source.document.near if source.document else None, named)
        if path is None:
            return None
        if path not in self._known:
            from workbook.report.brand import load_brand  # loaded when there is a brand
            from workbook.report.build import SECTIONS

            brand = load_brand(path, tuple(SECTIONS))
            self._known[path] = ChosenBrand(str(path.absolute()), brand.digest)
        return self._known[path]


def _wanted(
    order: Order, shaped: Mapping[str, str], read: _Reader, planned: BatchPlan
) -> Iterator[list[PlannedReport]]:
    """The reports of every input that is valid, those that are wanted; inputs without one pass."""
    defaults = {p.name: p.default for p in order.parameters.values()} | dict(order.values)
    looks = _Looks(order)
    for source in _inputs(order):
        if isinstance(source, RefusedInput):
            planned.refused.append(source)
            continue
        try:
            document, brand = read(source.document), looks(source)
            _check_person(order, source)
        except (WorkbookError, OSError) as error:
            planned.refused.append(refusal(source.place, error))
            continue
        items = [
            item
            for item in _items(order, shaped, source, document, brand)
            # A fact of the engagement counts before a parameter's default of the same name.
            if order.wanted({**defaults, **document.facts, **item.parameters})
        ]
        if items:
            yield items
        else:
            planned.left_out += 1


def _check_person(order: Order, source: Input) -> None:
    """BadInput for a person whose sheet alone is wanted, if the input knows nobody of this name."""
    if (name := str(order.values.get(PERSON, ""))) and source.document:
        from workbook.report.readers import HANDOVER
        from workbook.report.sheets import party_named

        leaves = order.values.get(READER) == HANDOVER
        party_named(source.document.engagement(), name, leaves=leaves)


def _inputs(order: Order) -> Iterator[Input | RefusedInput]:
    if not order.afresh:
        yield from sources.inputs(order.sources, order.reading)
        return
    for document in sources.documents(order.sources):
        if isinstance(document, RefusedInput):
            yield document
        else:
            yield Input(str(document.path), document=document)


def _items(
    order: Order,
    shaped: Mapping[str, str],
    source: Input,
    document: _Read,
    brand: ChosenBrand | None,
) -> Iterator[PlannedReport]:
    """The reports of one input: one per language."""
    facts = document.facts
    base = _base(source, facts)
    reader = order.values.get(READER, TEAM)
    if reader != TEAM and not source.name:
        base = f"{base}.{reader}"
        if name := str(order.values.get(PERSON, "")):
            base = f"{base}.{safe_name(name)}"
    own = str(source.values.get(LANG, ""))
    for_all = {name: value for name, value in order.values.items() if name != ENGAGEMENT}
    for lang in (own,) if own else order.languages(str(facts.get("language", ""))):
        values: dict[str, object] = {LANG: lang} if lang else {}
        if AS_OF in order.parameters:
            values[AS_OF] = order.as_of.isoformat()
        values |= for_all | dict(source.values)
        digests: dict[str, object] = {}
        if brand:
            values[BRAND], digests[BRAND] = brand
        if then := _earlier(values, facts):
            values[SINCE], digests[SINCE] = then
        yield PlannedReport(
            name=f"{base}.{lang}" if lang else base,
            place=source.place,
            title=str(facts.get("name", base)),
            lang=lang,
            key=key_of(
                shaped,
                document.framework_digest,
                document.digest,
                values | digests,
            )
            if shaped
            else "",
            digest=document.digest,
            document=source.document,
            parameters=values,
            framework=document.framework,
        )


def _earlier(values: Mapping[str, object], facts: Facts) -> tuple[str, str] | None:
    """The place of what a report is compared with, and the digest of its document of this key."""
    if not (since := str(values.get(SINCE) or "")) or not (path := Path(since)).exists():
        return None
    from workbook.report.earlier import document_of  # loaded when there is something to compare

    file = document_of(path, str(facts.get("key", "")))
    return str(path.absolute()), digest_of(file.read_bytes()) if file else ""


def _base(source: Input, facts: Facts) -> str:
    """What an input's files are called, as `workbook.batch.naming` tells."""
    if source.name:
        return source.name
    if not facts:
        return row_name(source.values)
    values = {name: value for name, value in source.values.items() if name != LANG}
    key = str(facts["key"])
    if not values:
        return safe_name(key)
    return marked("-".join([key, *map(str, values.values())]), digest_of_values([key, values]))


def _cause(order: Order, ledger: Ledger, item: PlannedReport) -> str:
    entry = ledger.entry(item.name)
    if entry is None:
        return NEW
    if entry.reason:
        return FAILED
    if entry.key != item.key:
        return CHANGED
    if order.force:
        return FORCED
    return "" if _stands(order, ledger, entry) else MISSING


def _stands(order: Order, ledger: Ledger, entry: LedgerEntry) -> bool:
    """Whether every output that is asked for is there as it was published."""
    outputs = dict(entry.outputs)
    for form in order.formats:
        output = outputs.get(form)
        if output is None:
            return False
        stamp = order.outlet.stamp(output.file)
        if stamp == output.stamp:
            continue
        if not stamp or not order.outlet.holds(output.file, output.digest):
            return False
        outputs[form] = replace(output, stamp=stamp)
    if outputs != dict(entry.outputs):
        ledger.note(replace(entry, outputs=outputs))
    return True


def _taken_twice(item: PlannedReport, first: str) -> RefusedInput:
    key = item.name.removesuffix(f".{item.lang}")
    if item.document and MARK not in key:
        text = f"has the same key as {first}: “{key}”"
        fix = "give each engagement a key of its own, or report them into different folders"
        return RefusedInput(item.place, (Problem(text, fix, item.place, path="key"),))
    text = f"has the same name as {first}: “{item.name}”"
    fix = "give each engagement a key of its own, each row a name of its own"
    return RefusedInput(item.place, (Problem(text, fix, item.place),))
