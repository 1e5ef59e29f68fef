"""What differs from Papermill's default engine on purpose: each row of the list in the how-to.

A row, by its beginning, is shown by small notebooks on which both engines differ, or held by a
test of its own.
"""

from __future__ import annotations

from typing import Any

SPREAD = "import sys, time\nfor n in range(3):\n    print(n, flush=True)\n    time.sleep(0.3)"
STARTUP = "profile_default/startup/00-own.py"

SHOWN: dict[str, list[dict[str, Any]]] = {
    "Texts of one stream that follow one another are one output.": [{"sources": [SPREAD]}],
    "Cells are called `/tmp/ipykernel/….py`": [
        {"sources": ["import sys\n'ipykernel_' in sys._getframe().f_code.co_filename"]},
    ],
    "Start-up files and settings of your IPython profile are not used. `%store` is.": [
        {
            "sources": ["own"],
            "files": {STARTUP: "own = 'from the profile'"},
            "env": {"IPYTHONDIR": "."},
        },
    ],
    "No debugger is loaded: `execfile` and `runfile` are no built-in names.": [
        {"sources": ["import builtins\nhasattr(builtins, 'runfile')"]},
        {"sources": ["import sys\n'debugpy' in sys.modules"]},
    ],
    "numpy and pandas are loaded ahead, with their rules for warnings": [
        {"sources": ["import sys\n'pandas' in sys.modules"]},
        {
            "sources": [
                "import warnings\n[(rule[0], rule[2].__name__) for rule in warnings.filters]"
            ]
        },
    ],
    "Sets have the same order in every run, and variables that Python reads": [
        {"sources": ["import sys\nsys.flags.optimize"], "env": {"PYTHONOPTIMIZE": "1"}},
    ],
    "Loops of window toolkits do not run. `%connect_info` has nothing to connect to.": [
        {"sources": ["%connect_info"]},
    ],
    "Temporary files lie in a folder that goes with the run.": [
        {"sources": ["import tempfile\ntempfile.gettempdir() == '/tmp'"]},
    ],
}
"""The small notebooks that show a difference."""

HELD = {
    "The output file is whole at every moment.": (
        "test_engine_following.py::test_a_reader_of_the_output_file_never_finds_half_a_notebook"
    ),
    "A run that dies marks its cell as failed and later ones as pending.": (
        "test_engine_limits.py::test_papermill_is_told_which_cell_died_and_which_never_ran"
    ),
    "`seconds`, `memory` and `execution_timeout` hold whatever the notebook does.": (
        "test_engine_limits.py::test_sleeping_through_a_signal_does_not_help"
    ),
    "A process that a cell forks ends with the cell": (
        "test_engine_limits.py"
        "::test_a_process_that_the_notebook_forked_does_not_speak_for_the_report"
    ),
    "An open file is written at the end, also when it belongs to a cycle.": (
        "test_engine_isolation.py::test_what_a_cycle_holds_back_is_written_at_the_end"
    ),
}
"""The test of each other difference."""
