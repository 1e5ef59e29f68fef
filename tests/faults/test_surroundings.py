"""Odd names, other zones and locales, and a reader who walks away: the results are the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workbook import resources

PROGRAM = Path(sys.executable).with_name("workbook")
EXAMPLE = resources.templates() / "engagements" / "northgate-home.yaml"
DAY = "2026-11-23"
NAMES = ("mit Leer zeichen", "été – 日本", "e\u0301te\u0301", "-o", "a'b\"c;$(d)", "x" * 255)
SURROUNDINGS = (
    {"TZ": "Pacific/Kiritimati"},
    {"TZ": "Nowhere/There"},
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    {"LANG": "tr_TR.UTF-8"},
)


def evaluated(path: Path, **surroundings: str) -> bytes:
    """What the command line says of a document."""
    words = [PROGRAM, "evaluate", path, "--as-of", DAY, "--json"]
    environment = {**os.environ, **surroundings}
    ran = subprocess.run(words, check=False, capture_output=True, env=environment)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout


def test_zones_and_locales_change_no_result():
    results = {evaluated(EXAMPLE, **surroundings) for surroundings in SURROUNDINGS}
    assert results == {evaluated(EXAMPLE)}


def test_names_of_folders_and_files_may_be_any(tmp_path: Path):
    """Each is a folder's and a document's name; a file's has 255 bytes at most."""
    documents = []
    for name in NAMES:
        folder = tmp_path / name
        folder.mkdir()
        documents.append(folder / f"{name[:250]}.yaml")
        shutil.copy(EXAMPLE, documents[-1])
        key = f"c{len(documents)}"
        text = documents[-1].read_text("utf-8").replace("key: northgate-home", f"key: {key}")
        documents[-1].write_text(text, "utf-8")
    for path in documents[:2]:
        assert evaluated(path)
    out = tmp_path / NAMES[1] / NAMES[0]
    words = ["batch", *documents, "--out", out, "--as-of", DAY, "--format", "json,ics"]
    ran = subprocess.run([PROGRAM, *words], check=False, capture_output=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr.decode()
    made = {path.name for path in out.glob("*.ics")}
    assert made == {f"c{n}.en.ics" for n in range(1, len(NAMES) + 1)}


@pytest.mark.parametrize("words", [["evaluate", str(EXAMPLE), "--json"], ["--help"]])
def test_a_reader_who_walks_away_is_no_fault_of_ours(words: list[str]):
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [PROGRAM, *words], check=False, stdout=writing, stderr=subprocess.PIPE, text=True
    )
    os.close(writing)
    assert "Traceback" not in ran.stderr
    assert "Exception" not in ran.stderr
