"""Another program that opens what we write: LibreOffice, without a window."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]


@cache
def program() -> str:
    """Its path; CalledProcessError tells that `.ci/office install` has not run."""
    return subprocess.run(
        [ROOT / ".ci" / "office", "find"], check=True, capture_output=True, text=True
    ).stdout.strip()


def converted(paths: Sequence[Path], form: str) -> list[Path]:
    """The files in another format, beside each other in a folder `converted`."""
    folder = paths[0].parent / "converted"
    with TemporaryDirectory() as profile:
        subprocess.run(
            [
                program(),
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                folder,
                *paths,
            ],
            check=True,
            capture_output=True,
            timeout=280,
        )
    ending = form.partition(":")[0]
    return [folder / f"{path.stem}.{ending}" for path in paths]
