"""The kernel's shell; what depends on a cell's text alone is worked out once, before forking."""

from __future__ import annotations
import __future__

import ast
import sys
from types import CodeType
from typing import TYPE_CHECKING, Any

from ipykernel.compiler import XCachingCompiler, get_tmp_hash_seed, murmur2_x86
from ipykernel.zmqshell import ZMQInteractiveShell

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult

FUTURES = 0
for _name in __future__.all_feature_names:
    FUTURES |= getattr(__future__, _name).compiler_flag


class StableNames(XCachingCompiler):
    """Compiles cells under names that are the same in every process, and knows some beforehand.

    ipykernel names a cell after its text and the process, which warnings show.
    """

    def __init__(self) -> None:
        super().__init__()
        self._trees: dict[str, ast.Module] = {}
        self._codes: dict[tuple[int, str], CodeType] = {}
        self._names: dict[str, str] = {}

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:  # noqa: ARG002
        """The file name that tracebacks and warnings show."""
        if raw_code not in self._names:
            number = murmur2_x86(raw_code, get_tmp_hash_seed())
            self._names[raw_code] = f"/tmp/ipykernel/{number}.py"  # noqa: S108 - no file is made
        return self._names[raw_code]

    def learn(self, raw_cell: str, cell: str) -> None:
        """Parse and compile a cell ahead, statement by statement, as the shell will ask for it."""
        name = self.get_code_name(raw_cell, cell, 0)
        tree = ast.Module(self.ast_parse(cell, filename=name).body, [])
        flags = self.flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        for node in tree.body:
            single = node is tree.body[-1] and isinstance(node, ast.Expr)
            module = ast.Interactive([node]) if single else ast.Module([node], [])
            mode = "single" if single else "exec"
            self._codes[id(node), mode] = compile(module, name, mode, flags, dont_inherit=True)
        # Kept, so that no other statement gets the address that stands for one of these.
        self._trees[cell] = tree

    def forget(self) -> None:
        """Somebody changes trees: what was compiled ahead no longer holds."""
        self._codes.clear()
        self._trees.clear()

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> Any:
        """The tree of a cell."""
        known = self._trees.get(source)
        if known:
            return ast.Module(list(known.body), [])
        return super().ast_parse(source, filename, symbol)

    def __call__(self, source: Any, filename: str, symbol: str, **options: Any) -> CodeType:
        """The code of one statement."""
        body = getattr(source, "body", None) or (None,)
        code = self._codes.get((id(body[0]), symbol))
        if code and not (self.flags | code.co_flags) & FUTURES:
            return code
        compiled: CodeType = super().__call__(source, filename, symbol, **options)
        return compiled


class Shell(ZMQInteractiveShell):
    """A kernel's shell that runs a cell as a kernel would, inside a running event loop."""

    if TYPE_CHECKING:
        compile: StableNames

    def __init__(self, **traits: Any) -> None:
        self._plain: dict[str, tuple[str, bool]] = {}
        self._rules = 0
        super().__init__(**traits)

    @property
    def failed_to_show(self) -> bool:
        """Whether the last cell ran, but its value could not be shown."""
        return bool(getattr(self, "_last_traceback_during_displayhook", False))

    def learn(self, cell: str) -> None:
        """Work out ahead what a cell's text means, unless that hangs on what ran before it.

        It does for a single line, which may be a magic or an alias.
        """
        if len(cell.splitlines()) < 2:  # noqa: PLR2004 - a single line
            return
        self._rules = self._count_rules()
        try:
            plain = super().transform_cell(cell)
            awaits = super().should_run_async(cell, transformed_cell=plain)
            self.compile.learn(cell, plain)
        except (SyntaxError, ValueError):
            return  # The cell says so when it runs.
        self._plain[cell] = plain, awaits

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
            result = self.run_cell(cell, store_history=True)
        else:
            try:
                result = await self.run_cell_async(cell, store_history=True, **arguments)
            finally:
                self.events.trigger("post_execute")
                self.events.trigger("post_run_cell", result)
        return result

    def transform_cell(self, raw_cell: str) -> str:
        """The cell as Python."""
        known = self._known(raw_cell)
        return known[0] if known else super().transform_cell(raw_cell)

    def should_run_async(self, raw_cell: str, **arguments: Any) -> bool:
        """Whether the cell awaits something at its top level."""
        known = self._known(raw_cell)
        return known[1] if known else super().should_run_async(raw_cell, **arguments)

    def transform_ast(self, node: ast.AST) -> ast.AST:
        """The tree after the transformers that the notebook has set up."""
        if self.ast_transformers:
            self.compile.forget()
        changed: ast.AST = super().transform_ast(node)
        return changed

    def _known(self, cell: str) -> tuple[str, bool] | None:
        known = self._plain.get(cell)
        return known if known and self._rules == self._count_rules() else None

    def _count_rules(self) -> int:
        """How many rules rewrite cells; a notebook may add some."""
        manager = self.input_transformer_manager
        rules = (manager.cleanup_transforms, manager.line_transforms, manager.token_transformers)
        return sum(map(len, rules)) + len(self.input_transformers_post)


# Libraries ask for this name to find out whether they run in a notebook.
Shell.__name__ = Shell.__qualname__ = ZMQInteractiveShell.__name__
