"""A folder of frames (Parquet or CSV, laid out as workbook.scoring.frames has it): read, checked.

`engagements` and `nominations` must be there; `parties`, `decisions` and `answers` may. Beside the
columns that are scored, `engagements` may hold `framework` and `version` (else the framework that
knows most of the focal points is taken), and facts: `name`, `sector`, `country`, `employees`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.content import framework_keys, load_framework
from workbook.errors import BadInput, Problem, require
from workbook.model.rules import in_force
from workbook.portfolio.frame_check import COLUMN, FRAMES, strays, unsound
from workbook.portfolio.gathered import Framed, RefusedSource, without
from workbook.scoring.columns import FrameTable
from workbook.scoring.frames import Frames

if TYPE_CHECKING:
    import pandas as pd

KINDS = (".parquet", ".csv")
NEEDED = {"engagements": (COLUMN, "profile", "go_live"), "nominations": (COLUMN, "focal_point")}


def holds_frames(folder: Path) -> bool:
    """Whether a folder is meant as frames."""
    return _file(folder, "engagements") is not None


def framed(folder: Path) -> Iterator[Framed | RefusedSource]:
    """The frames of a folder, one `Framed` per framework, and every engagement that is refused.

    BadInput if a file is missing or cannot be read.
    """
    frames = _frames(folder)
    source = str(folder)
    stray = strays(frames)
    for key, problems in stray.items():
        yield RefusedSource(f"{source}: {key}", problems)
    frames = without(frames, stray)
    everybody = FrameTable(frames.engagements).column(COLUMN).used()
    for (key, version), keys in _by_framework(frames, source).items():
        try:
            rules = in_force(load_framework(key, version or None))
        except BadInput as error:
            yield RefusedSource(f"{source}: {key} {version}".rstrip(), error.problems)
            continue
        part = without(frames, everybody - keys)
        wrong = unsound(rules, part)
        for engagement, problems in wrong.items():
            yield RefusedSource(f"{source}: {engagement}", problems)
        sound = without(part, wrong)
        if len(sound.engagements):
            yield Framed(rules, _counted(sound), source)


def _file(folder: Path, name: str) -> Path | None:
    paths = (folder / f"{name}{kind}" for kind in KINDS)
    return next((path for path in paths if path.is_file()), None)


def _frames(folder: Path) -> Frames:
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name in FRAMES:
        try:
            tables[name] = _table(folder, name)
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    return Frames(**tables)


def _table(folder: Path, name: str) -> pd.DataFrame:
    import pandas as pd

    path, needed = _file(folder, name), NEEDED.get(name, ())
    if path is None and needed:
        fix = f"write {name}.parquet or {name}.csv with {', '.join(needed)}"
        raise BadInput(Problem(f"has no frame {name}", fix, str(folder)))
    if path is None:
        return pd.DataFrame({COLUMN: pd.Series(dtype=str)})
    try:
        if path.suffix == ".csv":
            table = pd.read_csv(path, dtype=str, keep_default_na=False)
        else:
            require("pyarrow", "parquet", file=str(path))
            table = pd.read_parquet(path)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise BadInput(Problem(f"cannot be read: {reason}", "write it again", str(path))) from None
    missing = [column for column in (*needed, COLUMN) if column not in table]
    if missing:
        text = f"has no column {', '.join(dict.fromkeys(missing))}"
        raise BadInput(Problem(text, "see workbook.scoring.frames for the layout", str(path)))
    return table.astype({COLUMN: str})


def _by_framework(frames: Frames, source: str) -> dict[tuple[str, str], set[str]]:
    """The engagements of each (framework, version)."""
    table = FrameTable(frames.engagements)
    if "framework" not in table:
        return {(_guessed(frames, source), ""): table.column(COLUMN).used()}
    groups: dict[tuple[str, str], set[str]] = {}
    for key, framework, version in table.combined(COLUMN, "framework", "version").combinations:
        groups.setdefault((framework, version), set()).add(key)
    return groups


def _guessed(frames: Frames, source: str) -> str:
    """The framework that knows most of the focal points; BadInput if none knows any."""
    used = FrameTable(frames.nominations).column("focal_point").used()
    known = {key: len(used & load_framework(key).places().keys()) for key in framework_keys()}
    best = max(known, key=lambda key: known[key])
    if not known[best]:
        fix = "add a column framework to the frame of engagements"
        raise BadInput(Problem("no framework knows these focal points", fix, source))
    return best


def _counted(frames: Frames) -> Frames:
    """Counts as numbers, however they were written."""
    import pandas as pd

    engagements = frames.engagements
    if "respondents" in engagements:
        counts = pd.to_numeric(engagements["respondents"], errors="coerce").fillna(0)
        engagements = engagements.assign(respondents=counts.astype("int64"))
    return replace(frames, engagements=engagements)
