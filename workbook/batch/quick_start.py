"""Imports without what no report needs, for processes that are ours alone.

jsonschema builds 39 grammars of internationalised addresses whenever it is imported, which takes
longer than a report. No notebook's schema has such an address.
"""

from __future__ import annotations

import sys

GRAMMARS = "rfc3987_syntax"


def load_nbformat() -> None:
    """Import nbformat, and jsonschema without those grammars. Never where others use jsonschema."""
    if "jsonschema" in sys.modules or GRAMMARS in sys.modules:
        return
    sys.modules[GRAMMARS] = None  # type: ignore[assignment]
    try:
        import nbformat  # noqa: F401 - for those who import it later
    finally:
        del sys.modules[GRAMMARS]
