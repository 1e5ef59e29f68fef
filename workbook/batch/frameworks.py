"""The frameworks that documents name: which files they have, and how those travel with a report."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook import resources
from workbook.batch import shaping
from workbook.content import folder_of, known_keys
from workbook.content.frameworks import FOLDER


@dataclass(frozen=True, slots=True)
class OwnFramework:
    """A framework that we do not ship, as it was when the batch was planned."""

    key: str
    files: Mapping[str, bytes]
    digest: str

    def write(self, home: Path) -> None:
        """Put it where a document in the folder `home` finds it."""
        folder = home / FOLDER / self.key
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


class Frameworks:
    """Every framework near the documents of one plan, read once."""

    def __init__(self) -> None:
        self._package = shaping.package()
        self._near: dict[Path | None, Mapping[str, OwnFramework]] = {}
        self._digests: dict[Path | None, str] = {}

    def own(self, near: Path | None) -> Mapping[str, OwnFramework]:
        """Those that we do not ship, by key, for a document in the folder `near`."""
        if near not in self._near:
            folders = {key: folder_of(key, near) for key in known_keys(near)}
            self._near[near] = {
                key: _read(folder)
                for key, folder in folders.items()
                if folder and folder.parent.parent != resources.templates()
            }
        return self._near[near]

    def knowledge(self, near: Path | None) -> str:
        """The digest of what decides whether a document is valid: the package and frameworks."""
        if near not in self._digests:
            own = self.own(near)
            digests = [
                (key, own[key].digest if key in own else shaping.framework(key))
                for key in known_keys(near)
            ]
            self._digests[near] = shaping.digest_of_values([self._package, digests])
        return self._digests[near]


def _read(folder: Path) -> OwnFramework:
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.y*ml"))}
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return OwnFramework(folder.name, files, digest.hexdigest())
