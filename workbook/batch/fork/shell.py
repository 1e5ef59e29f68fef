"""The kernel's shell, and what it remembers of cells that were rehearsed."""

from __future__ import annotations

import ast
import asyncio
import sys
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

from ipykernel.compiler import XCachingCompiler, get_tmp_hash_seed, murmur2_x86
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.paths import get_ipython_dir

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult


class StableNames(XCachingCompiler):
    """Compiles cells under names that are the same in every process.

    ipykernel names a cell after its text and the process, which warnings show.
    """

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:  # noqa: ARG002
        """The file name that tracebacks and warnings show."""
        number = murmur2_x86(raw_code, get_tmp_hash_seed())
        return f"/tmp/ipykernel/{number}.py"  # noqa: S108 - no file is made


class RememberingCompiler(StableNames):
    """Parses and compiles once what a rehearsal meets; every child inherits it."""

    def __init__(self) -> None:
        super().__init__()
        self.remembers = False
        self.forget()

    def forget(self) -> None:
        """Parse and compile everything anew from now on."""
        self._trees: dict[Hashable, ast.Module] = {}
        self._codes: dict[Hashable, tuple[ast.AST, CodeType]] = {}

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> ast.AST:
        """The tree of a cell; its list of statements is the caller's, the statements are not."""
        key = source, filename, symbol, self.flags
        tree: ast.AST = self._trees.get(key) or super().ast_parse(source, filename, symbol)
        if not isinstance(tree, ast.Module):
            return tree
        if self.remembers:
            self._trees[key] = tree
        return ast.Module([*tree.body], tree.type_ignores)

    def __call__(self, source: Any, filename: str, symbol: str, **options: Any) -> CodeType:
        """The code of one statement."""
        body = getattr(source, "body", None)
        if not isinstance(body, list) or len(body) != 1:
            return super().__call__(source, filename, symbol, **options)
        flags = self.flags
        key = id(body[0]), filename, symbol, flags, *options.items()
        if key in self._codes:
            return self._codes[key][1]
        code: CodeType = super().__call__(source, filename, symbol, **options)
        # An import from __future__ changes the compiler, which a remembered code would not.
        if self.remembers and self.flags == flags:
            self._codes[key] = body[0], code  # The statement is kept, so that its id stays its own.
        return code


class Shell(ZMQInteractiveShell):
    """A kernel's shell that runs a cell as a kernel would, inside a running event loop."""

    if TYPE_CHECKING:
        compile: RememberingCompiler

    def __init__(self, **traits: Any) -> None:
        self._plain: dict[str, str] = {}
        self._awaits: dict[str, bool] = {}
        super().__init__(**traits)
        self._rules = self._rules_now()

    def _rules_now(self) -> list[object]:
        """What turns a cell's text into Python."""
        manager = self.input_transformer_manager
        lists = (
            manager.cleanup_transforms,
            manager.line_transforms,
            manager.token_transformers,
            self.input_transformers_post,
        )
        return [rule for rules in lists for rule in rules]

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """What cells mean that are run now is remembered."""
        self.compile.remembers = True
        try:
            yield
        finally:
            self.compile.remembers = False

    def transform_cell(self, raw_cell: str) -> str:
        """A cell as Python. That of one line hangs on names, and is never remembered."""
        if raw_cell in self._plain and self._rules_now() == self._rules:
            return self._plain[raw_cell]
        plain: str = super().transform_cell(raw_cell)
        if self.compile.remembers and plain.count("\n") > 1 and self._rules_now() == self._rules:
            self._plain[raw_cell] = plain
        return plain

    def should_run_async(
        self, raw_cell: str, *, transformed_cell: Any = None, preprocessing_exc_tuple: Any = None
    ) -> bool:
        """Whether a cell awaits something at its top level."""
        usual = self.autoawait and preprocessing_exc_tuple is None
        if usual and transformed_cell in self._awaits:
            return self._awaits[transformed_cell]
        awaits: bool = super().should_run_async(
            raw_cell,
            transformed_cell=transformed_cell,
            preprocessing_exc_tuple=preprocessing_exc_tuple,
        )
        if usual and self.compile.remembers:
            self._awaits[transformed_cell] = awaits
        return awaits

    def transform_ast(self, node: ast.AST) -> ast.AST:
        """A cell's tree as the notebook's transformers leave it."""
        if self.ast_transformers:
            self.compile.forget()  # They change statements.
        changed: ast.AST = super().transform_ast(node)
        return changed

    @property
    def db(self) -> Any:
        """What `%store` keeps: in the profile of the caller, where every notebook finds it."""
        if self._db is None:
            from IPython.external.pickleshare import PickleShareDB

            self._db = PickleShareDB(str(Path(get_ipython_dir()) / "profile_default" / "db"))
        return self._db

    @db.setter
    def db(self, value: Any) -> None:
        self._db = value

    @property
    def failed_to_show(self) -> bool:
        """Whether the last cell ran, but its value could not be shown."""
        return bool(getattr(self, "_last_traceback_during_displayhook", False))

    async def run(self, cell: str) -> ExecutionResult:
        """Run a cell; what it awaits at its top level shares the kernel's event loop."""
        error = None
        try:
            plain = self.transform_cell(cell)
        except Exception:  # noqa: BLE001 - the shell shows it as the cell's error
            plain, error = cell, sys.exc_info()
        arguments: dict[str, Any] = {"transformed_cell": plain, "preprocessing_exc_tuple": error}
        result: ExecutionResult | None = None
        if not self.should_run_async(cell, **arguments):
            result = self.run_cell(cell, store_history=True, cell_meta={})
        else:
            try:
                cell_run = self.run_cell_async(cell, store_history=True, cell_meta={}, **arguments)
                # A task of its own: context variables that it sets end with it, as in a kernel.
                result = await asyncio.ensure_future(cell_run)
            finally:
                self.events.trigger("post_execute")
                self.events.trigger("post_run_cell", result)
        return result


# Libraries ask for these names to find out whether they run in a notebook.
Shell.__name__ = Shell.__qualname__ = ZMQInteractiveShell.__name__
Shell.__module__ = ZMQInteractiveShell.__module__
