"""Every format of one engagement, warm on one core; and a batch of all formats beside a plain loop.

    python -m benchmarks.formats [ROUNDS [COPIES]]

The loop calls the functions that the batch calls, in one process that is warm, for copies of the
examples; the batch is the whole command with one job, its start included.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.evaluations import TODAY
from workbook.batch.formats import HTML, ICS, JSON, contents
from workbook.report import Report, page, show

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "templates" / "engagements").glob("*.yaml"))
FORMS = (HTML, "pdf", "docx", "pptx", "xlsx", ICS, JSON)
ROUNDS, COPIES = 5, 2
ALL, BATCH = 1.0, 3.0
"""Seconds for all formats of one engagement, and what a batch may take of the loop's time."""
LARGEST = {HTML: 300, "pdf": 500, "pptx": 1000}
"""The largest file of each format, in kB."""
PROGRAM = str(Path(sys.executable).with_name("workbook"))


def files(document: Path, lang: str, forms: Sequence[str] = FORMS) -> list[bytes]:
    """The files of one report as the batch makes them: the page, and what needs no notebook."""
    values = {"engagement": str(document), "as_of": TODAY, "lang": lang}
    report = show(str(document), as_of=TODAY, lang=lang).report if HTML in forms else None
    pages = [page(report)] if isinstance(report, Report) else []
    others = contents([form for form in forms if form != HTML], values)
    return [each if isinstance(each, bytes) else each.encode() for each in (*pages, *others)]


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def one(rounds: int) -> None:
    """A row for each format, and one for all: over every example, a language in turn."""
    took: dict[str, list[float]] = {form: [] for form in (*FORMS, "all seven")}
    largest = dict.fromkeys(FORMS, 0)
    for document in EXAMPLES:
        for lang in ("en", "fr"):
            for form, content in zip(FORMS, files(document, lang), strict=True):
                largest[form] = max(largest[form], len(content))
    for number in range(rounds):
        document, lang = EXAMPLES[number % len(EXAMPLES)], ("en", "fr")[number % 2]
        for form in FORMS:
            took[form].append(seconds(partial(files, document, lang, (form,))))
        took["all seven"].append(seconds(partial(files, document, lang)))
    print(
        "| | s: median (minimum–maximum) | bar | largest file, kB | bar |\n|---|---|---|---:|---|"
    )
    for form, each in took.items():
        bar = f"{ALL} s" if form not in FORMS else ""
        size = f"{largest[form] / 1000:,.0f}" if form in FORMS else ""
        most = f"{LARGEST[form]} kB" if form in LARGEST else ""
        print(f"| {form} | {spread(each)} | {bar} | {size} | {most} |")


def spread(each: list[float]) -> str:
    """A median with what it lies between."""
    return f"{statistics.median(each):.2f} ({min(each):.2f}–{max(each):.2f})"


def beside_a_loop(rounds: int, copies: int) -> None:
    """The command with all formats, and the functions in a loop, in turn."""
    loops, batches = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "clients")
        folder.mkdir()
        for number in range(copies):
            for document in EXAMPLES:
                text = document.read_text("utf-8").replace("\nkey: ", f"\nkey: c{number}-", 1)
                (folder / f"{number}-{document.name}").write_text(text, "utf-8")
        documents = sorted(folder.iterdir())
        words = ["--format", ",".join(FORMS), "--as-of", TODAY, "--lang", "en", "--jobs", "1"]
        for number in range(rounds):
            out = Path(name, f"out{number}")
            loops.append(seconds(lambda: [files(document, "en") for document in documents]))
            command = [PROGRAM, "batch", str(folder), "--out", str(out), *words]
            batches.append(
                seconds(partial(subprocess.run, command, check=True, capture_output=True))
            )
            shutil.rmtree(out)
    ratio = statistics.median(b / a for a, b in zip(loops, batches, strict=True))
    print(f"\n{len(documents)} engagements in all formats, one job.\n")
    print("| | s: median (minimum–maximum) | beside the loop | bar |\n|---|---|---:|---|")
    print(f"| the functions in a loop | {spread(loops)} | 1.0 | |")
    print(f"| workbook batch | {spread(batches)} | {ratio:.2f} | {BATCH} |")


def main(rounds: int = ROUNDS, copies: int = COPIES) -> None:
    """Measure on one core, and print tables."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    one(rounds)
    beside_a_loop(max(3, rounds // 5), copies)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
