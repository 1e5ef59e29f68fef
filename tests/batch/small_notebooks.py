"""Small notebooks made of their cells' sources."""

from __future__ import annotations

import nbformat


def written(folder, *sources, name="small"):
    """The path of a notebook with these code cells; the first one is tagged `parameters`."""
    notebook = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    for place, source in enumerate(sources):
        cell = nbformat.v4.new_code_cell(source, id=f"cell-{place}")
        cell.metadata["tags"] = ["parameters"] if place == 0 else []
        notebook.cells.append(cell)
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


def shown(path):
    """The text that each code cell of an executed notebook shows, printed or as its value."""
    texts = []
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code":
            outputs = (
                one.get("text") or one.get("data", {}).get("text/plain", "") for one in cell.outputs
            )
            texts.append("".join(outputs))
    return texts
