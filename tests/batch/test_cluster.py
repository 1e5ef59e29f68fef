"""The same batch on a Dask cluster: outputs elsewhere, each seen once and whole, workers dying."""

from __future__ import annotations

import os
import sys

import cloudpickle
import fsspec
import pytest
from distributed import Client, WorkerPlugin
from moto.server import ThreadedMotoServer
from typer.testing import CliRunner

from tests.batch import trial
from tests.batch.trial import Heard, batch, echo, jsonl, order, statuses, tiny
from workbook.batch.cluster import cluster_runner, workers_here
from workbook.batch.running import run
from workbook.cli.main import app
from workbook.errors import BadInput, RunFailed
from workbook.resources import templates

pytestmark = pytest.mark.slow

# Workers know nothing of the tests: what they are to run travels with the task.
cloudpickle.register_pickle_by_value(trial)


class OnePackage(WorkerPlugin):
    """Lets a test run while somebody works on the package."""

    def setup(self, worker):  # noqa: ARG002 - the plugin's signature
        import workbook.batch.cluster

        workbook.batch.cluster.package = lambda: "the same"


@pytest.fixture(autouse=True)
def one_package(monkeypatch):
    monkeypatch.setattr("workbook.batch.running.package", lambda: "the same")


@pytest.fixture(scope="module")
def cluster(bucket):  # noqa: ARG001 - its workers know the bucket's server
    """Two workers in processes of their own."""
    with workers_here(2) as started, Client(started, set_as_default=False) as client:
        client.wait_for_workers(2)
        client.register_plugin(OnePackage())
        yield started


@pytest.fixture
def notebook(tmp_path):
    return tiny(tmp_path / "n.ipynb", 'x: int = 1\ndie: str = ""\nnap: float = 0.0\n')


def on(cluster, asked, hear=None):
    return run(asked, cluster_runner(cluster.scheduler_address, 2, deadly), hear or Heard())


def deadly(job):
    """Run a job; one with `die` ends its worker while it writes, the first time or each time."""
    mark = job.parameters.get("die")
    if mark and not os.path.exists(mark):  # noqa: PTH110 - travels as it is
        job.exports[0].path.write_text("torn", "utf-8")
        if not mark.endswith("always"):
            open(mark, "w").close()  # noqa: PTH123 - as above
        os._exit(1)
    return echo(job)


def contents(out):
    """Every file that a reader sees at an address."""
    fs, root = fsspec.url_to_fs(str(out))
    return {
        path.rpartition("/")[2]: fs.cat_file(path)
        for path in fs.find(root)
        if ".batch" not in path and not path.rpartition("/")[2].startswith(("index", "summary"))
    }


def parts(out):
    fs, root = fsspec.url_to_fs(str(out))
    return [path for path in fs.find(root) if "/parts/" in path]


@pytest.fixture(scope="module")
def bucket():
    """A bucket of an S3 that is played by moto."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    told = {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    fsspec.filesystem("s3").mkdir("reports")
    yield "s3://reports"
    server.stop()
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.mark.parametrize("where", ["folder", "memory", "s3"])
def test_results_go_to_any_address_and_are_not_made_again(where, tmp_path, notebook, request):
    out = {
        "folder": lambda: tmp_path / "out",
        "memory": lambda: f"memory://{tmp_path.name}",
        "s3": lambda: f"{request.getfixturevalue('bucket')}/{tmp_path.name}",
    }[where]()
    table = jsonl(tmp_path / "t.jsonl", *({"x": x, "name": f"run-{x}"} for x in range(3)))
    expected = {f"run-{x}.html": b'{"x": %d}' % x for x in range(3)}
    assert batch(table, out=out, notebook=notebook).ok
    assert contents(out) == expected
    assert parts(out) == []
    fsspec.url_to_fs(f"{out}/run-1.html")[0].pipe_file(
        fsspec.url_to_fs(f"{out}/run-1.html")[1], b"somebody's own words"
    )
    again = batch(table, out=out, notebook=notebook)
    assert [name for name, status in statuses(again).items() if status == "made"] == ["run-1"]
    assert contents(out) == expected


def test_a_worker_with_another_package_refuses(cluster, tmp_path, notebook, monkeypatch):
    monkeypatch.setattr("workbook.batch.running.package", lambda: "another")
    table = jsonl(tmp_path / "t.jsonl", {"x": 1, "name": "a"})
    done = on(cluster, order(table, out=tmp_path / "out", notebook=notebook))
    assert "another version of the package" in done.ledger.entry("a").reason


def test_the_same_batch_on_a_cluster_and_here_gives_the_same_files(cluster, tmp_path, notebook):
    table = jsonl(tmp_path / "t.jsonl", *({"x": x, "name": f"run-{x}"} for x in range(4)))
    on(cluster, order(table, out=tmp_path / "there", notebook=notebook))
    batch(table, out=tmp_path / "here", notebook=notebook)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert batch(table, out=tmp_path / "there", notebook=notebook).counts()["unchanged"] == 4


@pytest.mark.parametrize("where", ["folder", "s3"])
def test_lost_workers_cost_no_report_and_none_is_torn(where, cluster, tmp_path, notebook, request):
    out = tmp_path / "out"
    if where == "s3":
        out = f"{request.getfixturevalue('bucket')}/{tmp_path.name}"
    rows = [{"x": x, "name": f"run-{x}", "nap": 0.01} for x in range(12)]
    for x in (2, 7):
        rows[x]["die"] = str(tmp_path / f"died-{x}")
    table = jsonl(tmp_path / "t.jsonl", *rows)
    hear = Heard()
    done = on(cluster, order(table, out=out, notebook=notebook), hear)
    assert done.ok
    assert (tmp_path / "died-2").exists()
    assert sorted(hear.names) == sorted(f"run-{x}" for x in range(12))
    assert len(contents(out)) == 12
    assert b"torn" not in contents(out).values()
    assert parts(out) == []


def test_a_report_that_kills_every_worker_fails_with_the_reason_and_stops_no_other(
    cluster, tmp_path, notebook, monkeypatch
):
    """The scheduler gives a task up after its second lost worker, in place of its fourth."""
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 1)
    rows = [{"x": x, "name": f"run-{x}"} for x in range(4)]
    rows[1]["die"] = str(tmp_path / "always")
    table = jsonl(tmp_path / "t.jsonl", *rows)
    done = on(cluster, order(table, out=tmp_path / "out", notebook=notebook))
    expected = {f"run-{x}": "failed" if x == 1 else "made" for x in range(4)}
    assert statuses(done) == expected
    assert "KilledWorker" in done.ledger.entry("run-1").reason


@pytest.fixture
def idle(monkeypatch):
    """A scheduler of its own, without any worker; nobody's patience is tried for long."""
    monkeypatch.setattr("workbook.batch.cluster.SAY_AFTER", 0.2)
    monkeypatch.setattr("workbook.batch.cluster.COUNT_EVERY", 0.1)
    with workers_here(0) as started, Client(started, set_as_default=False) as client:
        client.register_plugin(OnePackage())
        yield started


def test_a_cluster_without_workers_is_told_and_the_batch_goes_on_when_one_comes(
    idle, tmp_path, notebook
):
    table = jsonl(tmp_path / "t.jsonl", *({"x": x, "name": f"run-{x}"} for x in range(3)))
    said = []

    def say(line):
        said.append(line)
        idle.scale(1)

    asked = order(table, out=tmp_path / "out", notebook=notebook)
    done = run(asked, cluster_runner(idle.scheduler_address, 2, deadly, say), Heard())
    assert done.counts()["made"] == 3
    assert [line.partition(":")[0] for line in said] == ["waiting", "a worker has come"]
    assert "5 minutes" in said[0]


def test_a_batch_that_no_worker_comes_to_ends_and_is_completed_by_the_next(
    idle, tmp_path, notebook, monkeypatch
):
    monkeypatch.setattr("workbook.batch.cluster.GIVE_UP_AFTER", 0.6)
    table = jsonl(tmp_path / "t.jsonl", {"x": 1, "name": "a"})
    asked = order(table, out=tmp_path / "out", notebook=notebook)
    with pytest.raises(RunFailed, match="no worker"):
        run(asked, cluster_runner(idle.scheduler_address, 2, deadly), Heard())
    assert batch(table, out=tmp_path / "out", notebook=notebook).counts()["made"] == 1


def test_a_scheduler_that_goes_ends_the_batch_with_a_reason_and_what_was_made_stays(
    tmp_path, notebook
):
    rows = [{"x": x, "name": f"run-{x}", "nap": 0.05} for x in range(12)]
    table = jsonl(tmp_path / "t.jsonl", *rows)
    with workers_here(1) as started, Client(started, set_as_default=False) as client:
        client.register_plugin(OnePackage())

        class Ends(Heard):
            def ended(self, entry):
                super().ended(entry)
                started.close()

        with pytest.raises(RunFailed, match="the scheduler has gone"):
            on(started, order(table, out=tmp_path / "out", notebook=notebook), Ends())
    made = len(contents(tmp_path / "out"))
    assert 0 < made < 12
    again = batch(table, out=tmp_path / "out", notebook=notebook).counts()
    assert (again["unchanged"], again["made"]) == (made, 12 - made)


def test_no_scheduler_and_no_dask_are_told(tmp_path, notebook, monkeypatch):
    table = jsonl(tmp_path / "t.jsonl", {"x": 1})
    asked = order(table, out=tmp_path / "out", notebook=notebook)
    monkeypatch.setattr("workbook.batch.cluster.CONNECT", "0.2s")
    with pytest.raises(BadInput, match="no scheduler answers"):
        run(asked, cluster_runner("tcp://127.0.0.1:9", 2), Heard())
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadInput, match=r"ownership-workbook\[cluster\]"):
        cluster_runner("local", 2)


def test_a_cluster_of_this_machine_is_started_and_ended_by_a_word(tmp_path, monkeypatch):
    """The reports are those that processes of this machine make without one."""
    monkeypatch.undo()  # its workers have this very package
    document = str(templates() / "engagements" / "lantern-games.yaml")
    words = ["batch", document, "--format", "json", "--as-of", "2026-11-23", "--jobs", "1"]
    for out, more in (("plain", ()), ("dask", ("--scheduler", "local"))):
        done = CliRunner().invoke(app, [*words, "--out", str(tmp_path / out), *more])
        assert done.exit_code == 0, done.output
    assert contents(tmp_path / "dask") == contents(tmp_path / "plain") != {}
