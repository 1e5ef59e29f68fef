"""Small notebooks as the text of their cells, which both engines have to show alike.

A file of `engine_cases` has many: a line `====` parts notebooks, a line `# %%` their cells.
"""

from __future__ import annotations

from pathlib import Path

CASES = Path(__file__).parent / "engine_cases"
SNIPPETS: dict[str, list[str]] = {
    f"{path.stem}-{number:02}": notebook.strip("\n").split("\n# %%\n")
    for path in sorted(CASES.glob("*.txt"))
    for number, notebook in enumerate(path.read_text("utf-8").split("\n====\n"), 1)
}
"""The cells of each notebook by its name: its file's and its number there."""
