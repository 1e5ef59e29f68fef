"""How notebooks are run for keeping and for comparing: which ones, and in what surroundings."""

from __future__ import annotations

from pathlib import Path

NOTEBOOKS = tuple(sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb")))
EXAMPLES = tuple(sorted((Path(__file__).parents[2] / "templates" / "engagements").glob("*.yaml")))
SANITISE = Path(__file__).with_name("sanitise.cfg")
TIMEOUT = 120


def surroundings(folder: Path) -> dict[str, str]:
    """Variables under which a notebook always shows the same: an empty workspace, a fixed day."""
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    quiet = "c.IPKernelApp.log_level = 50\n"
    (profile / "ipython_kernel_config.py").write_text(quiet, encoding="utf-8")
    home = folder / "workspace"
    home.mkdir(exist_ok=True)
    return {
        "WORKBOOK_HOME": str(home),
        "WORKBOOK_AS_OF": "2026-11-23",
        "WORKBOOK_ENGAGEMENT": "tidewater-outdoor",
        "WORKBOOK_STATIC": "1",
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "PYTHONHASHSEED": "0",
    }
