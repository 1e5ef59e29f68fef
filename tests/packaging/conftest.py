"""A clean environment with the built wheel in it, made once for all tests of this room."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Installation:
    """The programs of one environment."""

    bin: Path

    def run(
        self, *command: str, folder: Path, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one of the programs in a folder; variables of this session are left behind."""
        inherited = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
        return subprocess.run(
            [self.bin / command[0], *command[1:]],
            check=False,
            cwd=folder,
            env={
                **inherited,
                "PATH": f"{self.bin}:{os.environ['PATH']}",
                **environment,
            },
            capture_output=True,
            text=True,
        )

    def python(self, code: str, folder: Path, **environment: str) -> str:
        ran = self.run("python", "-c", code, folder=folder, **environment)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()


def clean_python(home: Path) -> Path:
    """A virtual environment that sees the installed dependencies but not this checkout.

    A path file reaches the dependencies' folder; path files inside that folder, the editable
    installation's among them, are not read from there. Data files (kernels, page templates) are
    looked for below the environment itself.
    """
    venv.create(home, symlinks=True)
    (home / "share").symlink_to(Path(sys.prefix) / "share")
    purelib = sysconfig.get_path("purelib", "venv", {"base": home, "platbase": home})
    (Path(purelib) / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return Path(sysconfig.get_path("scripts", "venv", {"base": home, "platbase": home}))


@pytest.fixture(scope="session")
def wheel(project, tmp_path_factory) -> Path:
    """The wheel, built from the source distribution as a packager would."""
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, project]
    built = subprocess.run(build, check=False, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = out.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory) -> Installation:
    """The wheel in an environment of its own."""
    scripts = clean_python(tmp_path_factory.mktemp("wheel") / "venv")
    pip = [sys.executable, "-m", "pip", "--python", scripts / "python", "install", "-q"]
    subprocess.run([*pip, "--no-index", "--no-deps", wheel], check=True)
    return Installation(scripts)


@pytest.fixture(scope="session")
def bare(tmp_path_factory) -> Installation:
    """The dependencies alone, without the project."""
    scripts = clean_python(tmp_path_factory.mktemp("bare") / "venv")
    return Installation(scripts)


@pytest.fixture(scope="session")
def checkout() -> Installation:
    """The environment that these tests run in: the checkout, installed editable."""
    return Installation(Path(sysconfig.get_path("scripts")))
