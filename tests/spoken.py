"""Sentences that are no messages: what errors say, and the help of the command line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import typer

import workbook
from workbook.cli.completing import LANGUAGES, OR_ALL
from workbook.cli.main import COMMANDS, Later, app

CODE = Path(workbook.__file__).parent
RAISES = re.compile(r"\b(Problem|Flaw|RunFailed|StoreAway|Worded)\b")
NO_SENTENCE = re.compile(
    r"^(CREATE|SELECT|PRAGMA|while scanning|mapping values|cannot start|did not find|unexpected end"
    r"|is full|is locked|unable to open|disk I/O error|TyperCommand|module |no templates"
    r"|a command came|.* is registered twice|1 day|--format|-p |workbook )"
)
"""Not for readers: statements of a database, words that other programs say, programming errors."""


PIECES = re.compile(
    r"must be a x1number|Input should be|Value error|no name|there twice|more than x1 people"
    r"|has left and|x1 has left|sheet x1|table x1|x1: not read|row x1, x1: x1 answerx1|, or --map"
)
"""Parts of sentences; whole, they are in the catalogue."""


def _docstrings(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _beside(tree):
    """What is no sentence of an error: docstrings, messages, help, parts of f-strings."""
    yield from _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("t", "n"):
                yield from node.args
            elif node.func.attr in ("Option", "Argument"):
                yield from ast.walk(node)


def _template(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "x1" for v in node.values)
    return ""


def sentences(path):
    """The sentences of a module that raises errors, with the lines where they stand."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    beside = set(map(id, _beside(tree)))
    for node in ast.walk(tree):
        text = _template(node) if id(node) not in beside else ""
        own = text.replace("x1", "")
        beyond = NO_SENTENCE.match(text) or PIECES.match(text)
        if " " in text.strip() and re.search(r"[a-z]{2}", own) and not beyond:
            yield node.lineno, text


def raising_modules():
    rooms = ("batch", "content", "exchange", "portfolio", "scoring", "store", "workspace")
    for path in sorted(CODE.rglob("*.py")):
        inside = path.relative_to(CODE).parts
        if (inside[0] in rooms or len(inside) == 1) and RAISES.search(path.read_text("utf-8")):
            yield path


def help_texts():
    """Every text of help: panels, paragraphs, arguments, options."""
    texts = set()
    for name, entry in COMMANDS.items():
        command = Later(name, entry).load()
        for part in (command, *getattr(command, "commands", {}).values()):
            paragraphs = (part.help or "").split("\n\n")
            texts |= {entry.panel, entry.help, *(p for p in paragraphs if not p.startswith(" "))}
            texts |= {text for param in part.params for text in (param.help, param.metavar) if text}
    root = typer.main.get_command(app)
    texts |= {root.help, *(param.help for param in root.params)}
    return {re.sub(f"^{OR_ALL}|{LANGUAGES}", "{languages}", text) for text in texts if text}


def code_literals():
    """Everything that the code says, with `x1` for values."""
    return "\n".join(
        re.sub(r"\s+", " ", _template(node))
        for path in CODE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant | ast.JoinedStr)
    )
