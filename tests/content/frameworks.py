"""A copy of the commerce framework, and what a check says of it once it is changed."""

from __future__ import annotations

import shutil

from workbook import resources
from workbook.content import load_framework
from workbook.errors import BadInput


def copied(folder):
    """The commerce framework's files in a folder of their own."""
    shipped = resources.templates() / "frameworks" / "commerce-stakeholders"
    return shutil.copytree(shipped, folder / "framework")


def change(framework, file, old, new):
    """Replace a text that stands once in one of the framework's files."""
    text = (framework / file).read_text("utf-8")
    assert text.count(old) == 1, old
    (framework / file).write_text(text.replace(old, new), "utf-8")


def check(framework):
    """The problems of a framework, each as `file:line path: what → fix`."""
    try:
        load_framework(framework)
    except BadInput as error:
        return [
            f"{p.file.removeprefix(f'{framework}/')}:{p.line} {p.path}: {p.message} → {p.fix}"
            for p in error.problems
        ]
    return []
