"""Where the notebooks and templates lie that travel with the package.

In a checkout, and in an editable install of one, they stand beside the package; in a wheel they
lie inside it, under `_resources`. Everybody else asks here and knows neither.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """Return the folder that holds `notebooks/` and `templates/`.

    Raises FileNotFoundError where neither layout is found, which means a broken installation.
    """
    for candidate in (_PACKAGE / "_resources", _PACKAGE.parent):
        if (candidate / "templates").is_dir():
            return candidate
    raise FileNotFoundError(
        f"no templates/ in {_PACKAGE / '_resources'} nor beside {_PACKAGE}; "
        "install ownership-workbook again"
    )


def notebooks() -> Path:
    """Return the folder of the shipped notebooks."""
    return root() / "notebooks"


def templates() -> Path:
    """Return the folder of frameworks, engagements and page templates."""
    return root() / "templates"
