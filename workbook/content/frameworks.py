"""Finds the frameworks that are shipped, and loads a framework by its key or from a folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from workbook import resources
from workbook.content.flaws import Flaw, unknown
from workbook.content.framework_check import check_framework
from workbook.content.reading import Document, read
from workbook.content.shape import judged, shape
from workbook.content.upgrades import upgraded_framework
from workbook.errors import BadInput
from workbook.model.framework import Framework

ROOT_FILE = "framework.yaml"


@cache
def framework_keys() -> tuple[str, ...]:
    """The keys of the frameworks that travel with the package."""
    folder = resources.templates() / "frameworks"
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{ROOT_FILE}")))


def load_framework(key_or_path: str | Path, version: str | None = None) -> Framework:
    """A framework by the key of a shipped one, or from its folder or root file.

    A `version`, if given, must be the one that is found: results of different versions must not be
    mixed without notice. BadInput with every problem.
    """
    name = str(key_or_path)
    if name in framework_keys():
        framework = shipped(name)
    elif Path(name).exists():
        framework = framework_from(Path(name))
    else:
        raise BadInput(flaw.problem() for flaw in unknown("framework", name, framework_keys()))
    raised = tuple(version_flaws(framework, version)) if version else ()
    if raised:
        raise BadInput(flaw.problem() for flaw in raised)
    return framework


def version_flaws(framework: Framework, version: str, *steps: str | int) -> Iterator[Flaw]:
    """A flaw if the framework that is here has another version."""
    if version != framework.version:
        what = f"there is no version “{version}” of the framework “{framework.key}”"
        mend = f"use “{framework.version}”, or install the release of this package that has it"
        yield Flaw(steps, what, mend, version)


@cache
def shipped(key: str) -> Framework:
    """A shipped framework, read once."""
    return framework_from(resources.templates() / "frameworks" / key)


def framework_from(path: Path) -> Framework:
    """The framework of a folder (its `framework.yaml`) or of a file; BadInput with all problems."""
    document = framework_document(path)
    shaped = shape(document, Framework)
    flaws = check_framework(shaped.value) if shaped.value is not None else ()
    problems = judged(document, shaped, flaws)
    if problems or shaped.value is None:
        raise BadInput(problems)
    return shaped.value


def framework_document(path: Path) -> Document:
    """The framework's document as written, its parts included and its schema brought up to date."""
    root = path / ROOT_FILE if path.is_dir() else path
    return upgraded_framework(read(root, includes=True))
