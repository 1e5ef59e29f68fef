"""A notebook is trusted only if it is byte for byte ours; servers stay on this machine."""

from __future__ import annotations

import json

import pytest

from workbook import resources
from workbook.serve import Lab, VoilaSession, free_port
from workbook.serve.trust import put_back
from workbook.widgets.opening import converse
from workbook.workspace import Workspace


@pytest.fixture
def copies(tmp_path):
    return {path.name: path for path in Workspace.at(tmp_path).bring_notebooks()}


def changed(path, how):
    document = json.loads(path.read_text("utf-8"))
    how(document)
    path.write_text(json.dumps(document), "utf-8")


def test_fresh_copies_are_trusted(copies):
    assert set(put_back(copies.values())) == set(copies.values())


def test_a_notebook_that_was_only_run_is_put_back_as_it_came(copies):
    start = copies["00_start.ipynb"]
    before = start.read_bytes()
    changed(start, lambda nb: nb["cells"][-1].update(outputs=[{}], execution_count=7))
    assert start in put_back([start])
    assert start.read_bytes() == before


def test_the_notebooks_of_a_workspace_show_no_other_company(copies):
    assert "Tidewater" in (resources.notebooks() / "00_start.ipynb").read_text("utf-8")
    for copy in copies.values():
        assert "Tidewater" not in copy.read_text("utf-8"), copy.name


@pytest.mark.parametrize(
    "how",
    [
        lambda nb: nb["cells"][-1].update(source="import os"),
        lambda nb: nb["cells"].append(
            {
                "cell_type": "code",
                "source": "1",
                "outputs": [],
                "metadata": {},
                "execution_count": 1,
            }
        ),
        lambda nb: nb.pop("cells"),
    ],
    ids=["another source", "one more cell", "no cells"],
)
def test_a_notebook_whose_cells_somebody_changed_is_left_alone_and_not_trusted(copies, how):
    start = copies["00_start.ipynb"]
    changed(start, how)
    before = start.read_bytes()
    assert put_back([start]) == ()
    assert start.read_bytes() == before


def test_a_notebook_of_another_name_is_never_ours(tmp_path):
    own = tmp_path / "mine.ipynb"
    own.write_bytes((resources.notebooks() / "00_start.ipynb").read_bytes())
    assert put_back([own]) == ()


@pytest.mark.parametrize("server", [Lab, VoilaSession])
def test_servers_listen_on_this_machine_only_and_ask_for_a_token(tmp_path, server):
    one = server(tmp_path)
    options = one.options(tmp_path) if server is Lab else one.options()
    listening = options.get("ServerApp") or options["Voila"]
    token = {**listening, **options.get("IdentityProvider", {})}["token"]
    assert listening["ip"] == "127.0.0.1"
    assert len(token) >= 24
    assert f"token={token}" in one.url
    assert server(tmp_path).token != token


def test_a_port_that_is_taken_is_replaced_by_a_free_one():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert free_port(taken.getsockname()[1]) != taken.getsockname()[1]


def test_lab_is_prepared_in_the_language_asked_for_with_trusted_notebooks(tmp_path):
    lab = Lab(tmp_path / "work", language="fr")
    untrusted = lab.prepare(tmp_path / "run")
    settings = json.loads((tmp_path / "run/settings/overrides.json").read_text("utf-8"))
    assert untrusted == ()
    assert settings["@jupyterlab/translation-extension:plugin"]["locale"] == "fr_FR"
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary(
        db_file=str(tmp_path / "run/trust.db"), secret_file=str(tmp_path / "run/trust_secret")
    )
    notebook = nbformat.read(tmp_path / "work/notebooks/00_start.ipynb", as_version=4)
    assert notary.check_signature(notebook)
    notary.store.close()


@pytest.mark.parametrize(("asked", "spoken"), [("fr", "fr"), ("", "en")])
def test_the_screens_in_lab_speak_the_language_asked_for_or_their_engagements_own(
    tmp_path, monkeypatch, asked, spoken
):
    place = Workspace.at(tmp_path).path
    for name, value in Lab(place, "tidewater-outdoor", asked).environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    assert converse("experience").state.language == spoken
    assert converse("experience", lang="en").state.language == "en"
