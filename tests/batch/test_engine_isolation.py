"""No report finds anything that another one left, and each finds what its caller has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import papermill
import pytest

from tests.batch.small_notebooks import shown, written
from workbook.batch.fork.job import Export, Job, JobStatus
from workbook.batch.fork.rehearsal import LONG, MOST, Rehearsals
from workbook.batch.pool import Pool

pytestmark = pytest.mark.notebooks

WITH_R = json.dumps(
    {
        "cells": [],
        "metadata": {"language_info": {"name": "R"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
)
WITHOUT_FORK = """
from pathlib import Path
import papermill
from workbook.batch.fork import linux
linux.can_fork = lambda: False
from workbook.batch.fork.job import Job
from workbook.batch.pool import Pool
papermill.execute_notebook(
    "small.ipynb", "1.ipynb", {"n": 1}, engine_name="workbook", progress_bar=False
)
with Pool(1) as pool:
    for n in (2, 3):
        job = Job(str(n), Path("small.ipynb"), Path(f"{n}.ipynb"), {"n": n})
        assert pool.execute(job).ok
"""


@pytest.fixture(scope="module")
def pool():
    with Pool(1, preload=("numpy", "pandas"), durable=False) as pool:
        yield pool


@pytest.fixture
def twice(pool, tmp_path):
    """What the last cell of a notebook shows in two reports, one after the other."""

    def twice(*sources, **told):
        path = written(tmp_path, "n = 0", *sources)
        jobs = [
            Job(str(n), path, tmp_path / f"{n}.ipynb", parameters={"n": n}, **told) for n in (1, 2)
        ]
        assert [one.reason for one in pool.run(jobs)] == ["", ""]
        return [shown(job.output)[-1] for job in jobs]

    return twice


@pytest.mark.parametrize(
    ("leave", "look"),
    [
        ("left = 1", "'left' in globals()"),
        ("import builtins\nbuiltins.left = 1", "import builtins\nhasattr(builtins, 'left')"),
        ("import os\nos.environ['LEFT'] = '1'", "import os\n'LEFT' in os.environ"),
        ("import os\nos.chdir('/')", "import os\nos.getcwd() == '/'"),
        ("import sys\nsys.path.append('/left')", "import sys\n'/left' in sys.path"),
        ("import sys\nsys.modules['left'] = sys", "import sys\n'left' in sys.modules"),
        ("import math\nmath.pi = 3", "import math\nmath.pi == 3"),
        (
            "import pandas as pd\npd.DataFrame.left = 1",
            "import pandas as pd\nhasattr(pd.DataFrame, 'left')",
        ),
        (
            "import pandas as pd\npd.options.display.precision = 1",
            "import pandas as pd\npd.options.display.precision == 1",
        ),
        (
            "import warnings\nwarnings.simplefilter('error')",
            "import warnings\nwarnings.filters[0][0] == 'error'",
        ),
        ("import locale\nlocale.left = 1", "import locale\nhasattr(locale, 'left')"),
        ("import signal\nsignal.alarm(30)", "import signal\nsignal.alarm(0) > 0"),
        (
            "import atexit\nfor _ in range(99): atexit.register(len, [])",
            "import atexit\natexit._ncallbacks() > 99",
        ),
        (
            "import tempfile\ntempfile.mkstemp()",
            "import os, tempfile\nlen(os.listdir(tempfile.gettempdir())) > 0",
        ),
    ],
)
def test_what_a_report_leaves_no_other_finds(twice, leave, look):
    leaving = "if n == 1:\n" + "".join(f"    {line}\n" for line in leave.splitlines())
    imports, newline, question = look.rpartition("\n")
    assert twice(leaving, f"{imports}{newline}n == 2 and {question}") == ["False", "False"]


def test_the_first_report_really_finds_what_it_left(twice):
    assert twice("left = 1\nprint('left')", "'left' in globals()") == ["True", "True"]


@pytest.mark.parametrize(
    "draw",
    [
        "import random\nrandom.random()",
        "import numpy as np\nnp.random.random()",
        "import uuid\nuuid.uuid4()",
    ],
)
def test_no_two_reports_draw_the_same_random_numbers(twice, draw):
    first, second = twice(draw)
    assert first != second


def test_sets_have_the_same_order_in_every_report(twice):
    first, second = twice("list({f'word {n}' for n in range(50)})")
    assert first == second


def test_execution_counts_begin_at_one(twice):
    assert twice("len(In), list(Out)") == ["(4, [])", "(4, [])"]


def test_a_report_sees_the_callers_folder_and_environment(tmp_path, monkeypatch):
    path = written(tmp_path, "", "import os\nos.getcwd() + ' ' + os.environ['TOLD']")
    seen = []
    for value in ("one", "two"):
        monkeypatch.setenv("TOLD", value)
        monkeypatch.chdir(tmp_path)
        papermill.execute_notebook(
            path, tmp_path / "out.ipynb", engine_name="workbook", progress_bar=False
        )
        seen.append(shown(tmp_path / "out.ipynb")[-1])
    assert seen == [repr(f"{tmp_path} one"), repr(f"{tmp_path} two")]


def test_modules_beside_the_notebooks_are_found_and_read_anew(pool, tmp_path):
    path = written(tmp_path, "", "import beside\nbeside.WORD")
    for word in ("first", "second"):
        (tmp_path / "beside.py").write_text(f"WORD = {word!r}  # {'x' * len(word)}\n")
        outcome = pool.execute(Job("one", path, tmp_path / "out.ipynb", folder=tmp_path))
        assert outcome.ok
        assert shown(tmp_path / "out.ipynb")[-1] == repr(word)


def test_open_files_are_written_and_what_was_registered_for_the_end_is_done(twice, tmp_path):
    twice(f"file = open({str(tmp_path / 'open.txt')!r}, 'w')\nfile.write('kept')")
    assert (tmp_path / "open.txt").read_text() == "kept"
    note = f"open({str(tmp_path / 'end.txt')!r}, 'w').write('done')"
    twice(f"import atexit\natexit.register(lambda: {note})")
    assert (tmp_path / "end.txt").read_text() == "done"


CYCLES = {
    "held by a cycle": """
holder = {}
holder["self"], holder["file"] = holder, open("end.txt", "w")
holder["file"].write("held by a cycle")
""",
    "kept and finalized": """
import gc; gc.disable()
class Noted:
    def __del__(self): self.file.write(" and finalized")
noted = Noted()
noted.itself, noted.file = noted, open("end.txt", "w")
noted.file.write("kept")
""",
    "without a collection": """
import gc, io; gc.disable()
holder = {"raw": io.FileIO("end.txt", "w")}
holder["self"], holder["file"] = holder, io.BufferedWriter(holder["raw"])
holder["file"].write(b"without a collection")
""",
}
"""What stands in the file at the end; a kernel loses some of these, as its collector goes."""


@pytest.mark.parametrize("text", CYCLES)
def test_what_a_cycle_holds_back_is_written_at_the_end(text, pool, tmp_path):
    path = written(tmp_path, CYCLES[text])
    assert pool.execute(Job("one", path, tmp_path / "out.ipynb", folder=tmp_path)).ok
    assert (tmp_path / "end.txt").read_text() == text


def test_a_notebook_that_changes_is_read_again(pool, tmp_path):
    for text in ("'one'", "'another'"):
        path = written(tmp_path, text)
        pool.execute(Job("one", path, tmp_path / "out.ipynb"))
        assert shown(tmp_path / "out.ipynb") == [text]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"x = 1; y": 1}, "not a name for a parameter"),
        ({"class": 1}, "not a name for a parameter"),
        ({"day": os}, "cannot be of type module"),
        ({"nested": {1: 2}}, "cannot be of type dict"),
    ],
)
def test_what_is_no_parameter_is_refused(pool, tmp_path, parameters, said):
    job = Job("one", written(tmp_path, "1"), tmp_path / "out.ipynb", parameters=parameters)
    outcome = pool.execute(job)
    assert outcome.status is JobStatus.REFUSED
    assert said in outcome.reason
    assert not (tmp_path / "out.ipynb").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("not JSON", "not a notebook"),
        ("[]", "not a notebook"),
        ('{"cells": [{}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "not a notebook"),
        (WITH_R, "a notebook for R"),
    ],
)
def test_what_is_no_notebook_is_refused(pool, tmp_path, content, said):
    path = tmp_path / "given.ipynb"
    path.write_text(content)
    outcome = pool.execute(Job("one", path, tmp_path / "out.ipynb"))
    assert outcome.status is JobStatus.REFUSED
    assert said in outcome.reason
    assert str(path) in outcome.reason


def test_files_are_made_from_the_notebook_where_it_ran(pool, tmp_path):
    path = written(tmp_path, "1", "'shown'")
    made = Export("nbformat:writes", tmp_path / "deep" / "copy.json")
    outcome = pool.execute(Job("one", path, exports=(made,)))
    assert outcome.written == (made.path,)
    assert "'shown'" in made.path.read_text()
    assert sorted(file.name for file in made.path.parent.iterdir()) == ["copy.json"]


def test_a_file_that_cannot_be_made_fails_its_report_alone(pool, tmp_path):
    path = written(tmp_path, "1")
    made = Export("json:loads", tmp_path / "page.html")
    outcome = pool.execute(Job("one", path, tmp_path / "out.ipynb", exports=(made,)))
    assert outcome.status is JobStatus.FAILED
    assert "TypeError" in outcome.reason
    assert not (tmp_path / "page.html").exists()


def test_a_rehearsed_notebook_gives_the_same_and_keeps_no_names(tmp_path):
    path = written(tmp_path, "n = 0", "import os\nkept = n\nos.environ['LEFT'] = str(n)", "kept, n")
    look = written(
        tmp_path, "", "import os\n('kept' in globals(), 'LEFT' in os.environ, len(In))", name="look"
    )
    with Pool(1, preload=(), rehearse=True, durable=False) as pool:
        jobs = [Job(str(n), path, tmp_path / f"{n}.ipynb", {"n": n}) for n in range(5)]
        assert all(outcome.ok for outcome in pool.run(jobs))
        assert pool.execute(Job("look", look, tmp_path / "seen.ipynb")).ok
    assert [shown(job.output)[-1] for job in jobs] == [f"({n}, {n})" for n in range(5)]
    assert shown(tmp_path / "seen.ipynb")[-1] == "(False, False, 2)"


SLOW_ONCE = """import fractions, time
known = fractions.__dict__.setdefault("known", set())
found = "warm" if kind in known else "cold"
known.add(kind)
while found == "cold" and time.process_time() < begun + 0.3: pass
found"""


def test_a_report_that_does_what_no_rehearsal_did_is_rehearsed_as_well(tmp_path):
    """Each report has a process of its own; what a library remembers comes from rehearsals."""
    path = written(tmp_path, "kind = ''", "import time; begun = time.process_time()", SLOW_ONCE)
    with Pool(1, preload=(), rehearse=True, durable=False) as pool:
        jobs = [
            Job(str(n), path, tmp_path / f"{n}.ipynb", {"kind": kind})
            for n, kind in enumerate("aabbcab")
        ]
        assert all(outcome.ok for outcome in pool.run(jobs))
    found = [shown(job.output)[-1].strip("'") for job in jobs]
    assert found == ["cold", "warm", "cold", "warm", "cold", "warm", "warm"]


def test_what_is_rehearsed_again_is_bounded():
    known = Rehearsals()
    known.end()
    began = known.ended
    assert not known.lack(began - 1, 0.9)  # It began before the rehearsal.
    assert [known.lack(began, took) for took in (0.1, 0.11, 0.2)] == [False, False, True]
    assert not known.lack(began, LONG)
    for _ in range(MOST):
        known.end()
    assert not known.lack(known.ended, 0.2)


CHANGES = """import ast
shell = get_ipython()
class Doubled(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.Constant(node.value * 2) if isinstance(node.value, int) else node
if way == "tree":
    shell.ast_transformers.append(Doubled())
if way == "lines":
    shell.input_transformers_post.append(lambda lines: [line.replace("1", "7") for line in lines])
if way == "future":
    shell.run_cell("from __future__ import annotations")
"""
CHANGED = """number = 1
def typed(argument: number): ...
print(number, typed.__annotations__)
"""
MEANINGS = {
    "": "1 {'argument': 1}",
    "tree": "2 {'argument': 2}",
    "lines": "7 {'argument': 7}",
    "future": "1 {'argument': 'number'}",
}


def test_what_a_rehearsed_cell_means_is_what_it_means_now(tmp_path):
    """A cell's meaning is remembered from the rehearsal, until a notebook changes the rules."""
    path = written(tmp_path, "way = ''", CHANGES, CHANGED)
    with Pool(1, preload=(), rehearse=True, durable=False) as pool:
        for n, way in enumerate(("", "", "", *MEANINGS, *reversed(MEANINGS))):
            job = Job(str(n), path, tmp_path / f"{n}.ipynb", {"way": way})
            assert pool.execute(job).ok
            assert shown(job.output)[-1].strip() == MEANINGS[way]


def test_where_nothing_can_be_forked_papermill_runs_the_notebook_and_that_is_said(tmp_path):
    written(tmp_path, "n = 0", "n + 1")
    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_FORK],
        check=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert [shown(tmp_path / f"{n}.ipynb")[-1] for n in (1, 2, 3)] == ["2", "3", "4"]
    assert ran.stderr.count("not forked on this system") == 1


def test_a_report_is_whole_or_not_there(pool, tmp_path):
    """A folder is watched while reports appear in it: no name ever has half a notebook."""
    path = written(tmp_path, "n = 0", "'x' * 200_000")
    out = tmp_path / "out"
    jobs = (Job(str(n), path, out / "same.ipynb", {"n": n}) for n in range(8))
    for _ in pool.run(jobs):
        json.loads(Path(out / "same.ipynb").read_text("utf-8"))
