"""Inputs that are looked for: a fuzzer goes on from whatever reached code that nothing had reached.

    python -m tests.badinput.guided                              (all readers, a minute)
    python -m tests.badinput.guided --only brand,link --seconds 20
    python -m tests.badinput.guided --only brand --input BASE64  (one input again)

atheris drives it, each reader in a process of its own, from the real files and a dictionary of the
format's words. Each input is read, or refused with a reason, within the limits of `trying`. What
is neither is told once for each place, with an input that is as short as it could be made.
"""

from __future__ import annotations

import argparse
import base64
import gc
import importlib
import json
import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.badinput.trying import Fault, QuickReader, Tally

ROOT = Path(__file__).parents[2]
SHARES: Mapping[str, float] = {
    "link": 2,
    "json_text": 2,
    "yaml_text": 4,
    "batch_rows": 3,
    "brand": 3,
    "logo": 2,
    "brand_drawn": 3,
    "event": 5,
    "table": 5,
    "matrix": 5,
    "client_list": 6,
    "engagement": 4,
    "engagement_drawn": 5,
    "page": 5,
    "page_drawn": 5,
    "board": 5,
    "board_drawn": 7,
}
"""Every reader and its share of the time; two workers take every second one each."""
MODULES = ("tests.badinput.quick", "tests.badinput.lines")
GUIDING = re.compile(
    r"workbook\.(content\.|exchange\.|workshop\.passes|batch\.tables|report\.(brand|logo)"
    r"|serve\.host\.lines|store\.(rows|topics|folding|rounds|sealing)"
    r"|widgets\.(?!views|pages))|tests\.badinput\.control"
)
"""Modules whose branches the fuzzer sees: those that read."""
SHORTENINGS = 400
STUCK = 30
"""Seconds after which a call that no signal interrupts ends the process."""


def is_there() -> bool:
    """Whether atheris is: it has no wheels but for Linux on x86-64."""
    return find_spec("atheris") is not None


@dataclass
class Found:
    """What the inputs of one reader came to."""

    reader: str
    tried: int = 0
    read: int = 0
    refused: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Bounds:
    """When one reader has had enough: after so many inputs, or seconds."""

    inputs: int
    seconds: float
    seed: int


def guided(
    names: Sequence[str], bounds: Bounds, modules: Sequence[str] = MODULES
) -> Iterator[Found]:
    """Try readers one after the other; `bounds.seconds` are shared out between them."""
    words = [sys.executable, "-m", "tests.badinput.guided", "--json", "--only", ",".join(names)]
    for name, value in (*asdict(bounds).items(), ("modules", ",".join(modules))):
        words += [f"--{name}", str(value)]
    # Which way a dictionary goes must not be chance, nor what a shell has set for the workbook.
    kept = {name: text for name, text in os.environ.items() if not name.startswith("WORKBOOK_")}
    ran = subprocess.run(
        words,
        cwd=ROOT,
        env=kept | {"PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = ran.stdout.splitlines()
    if ran.returncode or len(lines) != len(names):
        raise RuntimeError(f"the fuzzer ended with {ran.returncode}: {ran.stderr[-2_000:]}")
    yield from (Found(**json.loads(line)) for line in lines)


# Seeing branches


class _Finder(MetaPathFinder):
    """Finds the modules that read, and lets them be loaded so that the fuzzer sees their branches.

    What atheris has for it takes whole packages, and a quarter of a minute for ours.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, _: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path) if GUIDING.match(fullname) else None
        if spec and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType | None:
        import atheris

        return atheris.patch_code(super().get_code(fullname), True)  # noqa: FBT003 - as it is called


# One reader


@dataclass
class Hunt:
    """The inputs of one reader, as the fuzzer gives them."""

    found: Found
    read: Callable[[bytes], object]
    judge: Callable[[Callable[[], object], Tally], Fault | None]
    tally: Tally
    faults: dict[str, str] = field(default_factory=dict)

    def take(self, raw: bytes) -> None:
        """Read one input."""
        self.found.tried += 1
        fault = self.judge(partial(self.read, raw), self.tally)
        if fault and fault.place not in self.faults:
            self.faults[fault.place] = ""  # one that is met while this is shortened is the same
            short = self._shortened(raw, fault)
            again = f"--only {self.found.reader} --input {base64.b64encode(short).decode()}"
            self.faults[fault.place] = f"{self.found.reader}: {fault.told}; again: {again}"

    def _shortened(self, raw: bytes, fault: Fault) -> bytes:
        """The input without what it does not need to fail at this place."""
        if fault.place.startswith(("TooSlow", "MemoryError")):
            return raw
        left, step = SHORTENINGS, len(raw) // 2
        while step and left > 0:
            start, before = 0, len(raw)
            while start < len(raw) and left > 0:
                shorter, left = raw[:start] + raw[start + step :], left - 1
                same = self.judge(partial(self.read, shorter), replace(self.tally))
                if same and same.place == fault.place:
                    raw = shorter
                else:
                    start += step
            step = step if len(raw) < before and step < len(raw) else step // 2
        return raw

    def told(self, seconds: float) -> str:
        """What came of it, as JSON."""
        self.found.read, self.found.refused = self.tally.read, self.tally.refused
        self.found.seconds, self.found.failures = seconds, list(self.faults.values())
        return json.dumps(asdict(self.found))


def hunt(name: str, reader: QuickReader, bounds: Bounds, folder: Path, answer: int) -> None:
    """Let the fuzzer find inputs for a reader; what came of them goes to a pipe. Never returns."""
    import atheris

    from tests.badinput.trying import Tally, bounded, judge

    hunted = Hunt(Found(name), reader.read, judge, Tally())
    take = hunted.take
    if reader.drawn is not None:
        from tests.badinput.drawn import fuzzing

        take = fuzzing(reader.drawn, hunted.take)
    begun = time.monotonic()

    def each(raw: bytes) -> None:
        take(raw)
        spent = time.monotonic() - begun
        if hunted.found.tried >= bounds.inputs or spent >= bounds.seconds:
            os.write(answer, hunted.told(spent).encode())
            os._exit(0)

    atheris.Setup([name, *options(reader, bounds.seed, folder)], each)
    gc.freeze()
    with bounded():
        atheris.Fuzz()


def options(reader: QuickReader, seed: int, folder: Path) -> list[str]:
    """The fuzzer's options; seeds and words are written into the folder."""
    seeds, words = folder / "seeds", folder / "words"
    seeds.mkdir()
    for number, raw in enumerate(reader.seeds):
        (seeds / f"{number:03}").write_bytes(raw)
    written = {word.encode("utf-8", "surrogatepass") for word in reader.words if word}
    escaped = ["".join(f"\\x{byte:02x}" for byte in word) for word in sorted(written)]
    words.write_text("".join(f'"{word}"\n' for word in escaped), "ascii")
    return [
        f"-seed={seed}",
        f"-max_len={reader.longest}",
        "-len_control=0",  # inputs are short anyway
        f"-artifact_prefix={folder}/left-",
        f"-timeout={STUCK}",
        "-rss_limit_mb=0",  # the limit of `trying` counts
        *([f"-dict={words}"] if escaped else []),
        str(seeds),
    ]


def in_a_process_of_its_own(
    name: str, reader_of: Callable[[Path], QuickReader], bounds: Bounds
) -> Found:
    """What the hunt comes to, or with what the process died."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        receiving, answer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                log = os.open(Path(folder) / "log", os.O_CREAT | os.O_WRONLY)
                os.dup2(log, 1)
                os.dup2(log, 2)
                hunt(name, reader_of(Path(folder)), bounds, Path(folder), answer)
            finally:
                os._exit(1)
        os.close(answer)
        with os.fdopen(receiving) as pipe:
            text = pipe.read()
        _, status = os.waitpid(child, 0)
        return Found(**json.loads(text)) if text else _died(name, status, Path(folder))


def _died(name: str, status: int, folder: Path) -> Found:
    left = sorted(folder.glob("left-*"))
    again = base64.b64encode(left[0].read_bytes()).decode() if left else "none was left"
    log = (folder / "log").read_text("utf-8", "replace")[-1_000:]
    code = os.waitstatus_to_exitcode(status)
    return Found(name, 1, failures=[f"{name}: died ({code}); --input {again}\n{log}"])


def main(asked: argparse.Namespace) -> int:
    """Try what was asked for; the exit code says whether it all held."""
    logging.disable(logging.CRITICAL)
    names = asked.only.split(",") if asked.only else list(SHARES)
    sys.meta_path.insert(0, _Finder())
    modules = [importlib.import_module(module) for module in asked.modules.split(",")]
    known: dict[str, Callable[[Path], QuickReader]] = {}
    for module in modules:
        known |= vars(module)
    if asked.input is not None:
        with TemporaryDirectory() as folder:
            known[names[0]](Path(folder)).read(base64.b64decode(asked.input))
        return 0
    whole = sum(SHARES.get(name, 1) for name in names)
    failed = False
    for name in names:
        share = asked.seconds * SHARES.get(name, 1) / whole
        found = in_a_process_of_its_own(name, known[name], Bounds(asked.inputs, share, asked.seed))
        failed |= bool(found.failures)
        sys.stdout.write(f"{json.dumps(asdict(found)) if asked.json else line_of(found)}\n")
        sys.stdout.flush()
    return int(failed and not asked.json)


def line_of(found: Found) -> str:
    """How many inputs, how quickly, and what did not hold."""
    pace = found.tried / found.seconds if found.seconds else 0
    line = f"{found.reader:18}{found.tried:>10,} inputs {pace:>8,.0f}/s {found.read:>9,} read"
    return "\n  ".join((f"{line} {found.refused:>10,} refused", *found.failures))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("--inputs", type=int, default=10**9)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--modules", default=",".join(MODULES))
    parser.add_argument("--input")
    parser.add_argument("--json", action="store_true")
    sys.exit(main(parser.parse_args()))
