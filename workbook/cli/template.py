"""`workbook template`: begin a brand, and check one with its base documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.output import echo
from workbook.cli.places import write_bytes
from workbook.cli.speaking import speaker
from workbook.errors import BadInput, Problem

template = typer.Typer(no_args_is_help=True, add_completion=False)


@template.callback()
def about() -> None:
    """Begin or check a brand: colours, logo, and the base of Word documents and slides.

    Examples:

      workbook template new house

      workbook template check house/brand.yaml
    """


@template.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go.")] = Path(),
) -> None:
    """Write a brand with comments, and a Word document and a presentation to begin from.

    Example:

      workbook template new house
    """
    from workbook import resources
    from workbook.content.sources import BRAND
    from workbook.office.templating import slide_template, word_template

    files = {
        BRAND: (resources.templates() / "brand" / BRAND).read_bytes(),
        "base.docx": word_template(),
        "base.pptx": slide_template(),
    }
    taken = [folder / name for name in files if (folder / name).exists()]
    if taken:
        fix = "choose another folder, or move it away"
        raise BadInput([Problem("exists already", fix, str(path)) for path in taken])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_bytes(folder / name, content)
        echo(str(folder / name))


@template.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The brand: brand.yaml.")],
) -> None:
    """Check a brand, its colours and its base documents, and say how to fix them.

    Exit code 0 if nothing is wrong, 2 if something is.

    Example:

      workbook template check house/brand.yaml
    """
    from workbook.office.basing import slide_flaws, word_flaws
    from workbook.office.pdf import font_flaws
    from workbook.report.brand import read_brand
    from workbook.report.build import SECTIONS

    brand, problems = read_brand(file, tuple(SECTIONS))
    checks: tuple[Callable[[], Iterable[Problem]], ...] = ()
    if brand:
        word, slides = brand.file(brand.docx), brand.file(brand.pptx)
        checks = (
            lambda: word_flaws(word) if word and word.is_file() else (),
            lambda: slide_flaws(slides, *brand.layouts) if slides and slides.is_file() else (),
            lambda: font_flaws(brand),
        )
    for flaws in checks:
        try:
            problems += flaws()
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    echo(speaker().t("{file}: nothing is wrong", file=str(file)))
