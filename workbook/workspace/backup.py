"""A workspace as one archive, taken while it is in use, and put back whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from workbook import __version__
from workbook.errors import BadInput, Problem
from workbook.resources import MOST_BYTES, ordinary
from workbook.store import Damage, DamageKind, Verification
from workbook.store.tables import TABLES_VERSION
from workbook.whole import whole

if TYPE_CHECKING:
    from workbook.store.copying import StoredRow
    from workbook.workspace.workspace import Workspace

FOLDERS = ("frameworks", "notebooks")
"""Folders of a workspace that go with its store. Whatever else lies there can be made again."""
FORMAT = 1
_DENSEST = 100
"""By how many times events and notebooks are compressed at most."""
_MANIFEST, _ROWS = "manifest.json", "store.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What an archive holds. `chains` tell of each engagement what its chain of events said."""

    taken_at: dt.datetime
    chains: Mapping[str, Verification]
    files: tuple[str, ...]
    digest: str

    @property
    def damages(self) -> Iterator[tuple[str, Damage]]:
        """What was damaged already when the backup was taken."""
        for key, verification in self.chains.items():
            yield from ((key, damage) for damage in verification.damages)


def back_up(home: Workspace, target: Path) -> Backup:
    """Write the archive of a workspace; sessions go on meanwhile. Nobody else may read the file."""
    with home.store.copied() as (rows, chains), whole(target) as part:
        part.chmod(0o600)
        digests = {}
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open(_ROWS, "w", force_zip64=True) as file:
                digests[_ROWS] = _write(file, rows)
            for name, path in _files(home.path):
                content = path.read_bytes()
                archive.writestr(name, content)
                digests[name] = hashlib.sha256(content).hexdigest()
            manifest = {
                "format": FORMAT,
                "tables": TABLES_VERSION,
                "workbook": __version__,
                "taken_at": home.now().isoformat(),
                "digests": digests,
                "chains": {key: [chain.heads, chain.damages] for key, chain in chains.items()},
            }
            archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
    return read_backup(target)


def restore(home: Workspace, source: Path, *, force: bool = False) -> Backup:
    """Put an archive in place of a workspace's store, and its folders beside it.

    Digests and chains are checked before anything is changed. BadInput for an archive that is
    damaged, or a workspace that holds engagements already unless `force` says that they may go.
    """
    backup = read_backup(source)
    with (
        zipfile.ZipFile(source) as archive,
        archive.open(_ROWS) as file,
        home.store.refilled(_read(file), backup.chains, force=force),
        ExitStack() as parts,
    ):
        # All are written before the first takes its place, and all have theirs before the store
        # does: a restore that is interrupted is done by the same command once more.
        for name in backup.files:
            parts.enter_context(whole(home.path / name)).write_bytes(archive.read(name))
    return backup


def read_backup(source: Path) -> Backup:
    """What an archive holds; BadInput if it is none of ours, of a newer release, or damaged."""
    try:
        with zipfile.ZipFile(ordinary(source)) as archive:
            if any(map(_is_bomb, archive.infolist())):
                raise _refused(source, "not a backup, or a damaged one", "take another backup")
            manifest = json.loads(archive.read(_MANIFEST))
            versions = manifest["format"], manifest["tables"]
            digests = manifest["digests"]
            damaged = [name for name, own in digests.items() if _digest(archive, name) != own]
        files = tuple(name for name in digests if name != _ROWS)
        backup = Backup(
            taken_at=dt.datetime.fromisoformat(manifest["taken_at"]),
            chains={key: _verification(*chain) for key, chain in manifest["chains"].items()},
            files=files,
            digest=hashlib.sha256(source.read_bytes()).hexdigest(),
        )
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _refused(source, "not a backup, or a damaged one", "take another backup") from error
    if versions > (FORMAT, TABLES_VERSION):
        newer = "the backup was made by a newer workbook"
        raise _refused(source, newer, "upgrade the ownership workbook")
    if damaged or not all(map(_is_ours, files)):
        raise _refused(source, "not a backup, or a damaged one", "take another backup")
    return backup


def _refused(source: Path, problem: str, fix: str) -> BadInput:
    return BadInput(Problem(problem, fix, file=str(source)))


def _verification(heads: list[str], damages: list[list[Any]]) -> Verification:
    return Verification(tuple(heads), tuple(Damage(seq, DamageKind(kind)) for seq, kind in damages))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for name in FOLDERS:
        for path in sorted((folder / name).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(folder).as_posix(), path


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether a file of an archive is far larger than what was compressed can have been."""
    return entry.file_size > max(MOST_BYTES, _DENSEST * entry.compress_size)


def _is_ours(name: str) -> bool:
    """Whether a file of an archive goes where files of a workspace lie, and nowhere else."""
    parts = PurePosixPath(name).parts
    return parts[0] in FOLDERS and ".." not in parts and "\\" not in name and ":" not in name


def _write(file: IO[bytes], rows: Iterator[StoredRow]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        line = json.dumps(row, default=repr).encode() + b"\n"
        digest.update(line)
        file.write(line)
    return digest.hexdigest()


def _read(file: IO[bytes]) -> Iterator[StoredRow]:
    for line in file:
        name, row = json.loads(line)
        yield name, row


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
