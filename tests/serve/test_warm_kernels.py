"""A kernel that died while it waited is never handed to a person."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from types import SimpleNamespace

import pytest

from workbook.serve.guarded import drop_dead


class Manager(dict):
    """What Voila's manager of kernels shows: its pool, and kernels by their id."""

    def __init__(self):
        super().__init__()
        self.pool, self.processes, self.filled, self.shut = [], {}, [], []
        self._pools = {"start.ipynb": self.pool}

    def get_kernel(self, name):
        return self[name]

    def fill_if_needed(self, notebook_name):
        self.filled.append(notebook_name)

    async def shutdown_kernel(self, name, *, now):
        assert now
        self.shut.append(name)

    def warm(self, name):
        process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        self.processes[name] = process
        self[name] = SimpleNamespace(provisioner=SimpleNamespace(process=process))
        self.pool.append(asyncio.ensure_future(ready(name)))

    def kill(self, name):
        self.processes[name].kill()
        self.processes[name].wait(10)


async def ready(name):
    return {"kernel_id": name}


async def failed():
    raise RuntimeError("the kernel did not start")


@pytest.fixture
def manager():
    manager = Manager()
    yield manager
    for name in manager.processes:
        manager.kill(name)


def test_only_living_kernels_stay_in_the_pool_and_others_take_the_place_of_the_dead(manager):
    async def scene():
        for name in ("dies", "lives", "removed"):
            manager.warm(name)
        manager.pool.append(asyncio.ensure_future(failed()))
        await asyncio.wait(manager.pool)
        manager.kill("dies")
        manager.pop("removed")
        starting = asyncio.ensure_future(asyncio.sleep(0.1))
        lives = manager.pool[1]
        manager.pool.append(starting)
        drop_dead(manager, "start.ipynb")
        assert manager.pool == [lives, starting]
        await starting

    asyncio.run(scene())
    assert (manager.shut, manager.filled) == (["dies"], ["start.ipynb"])


def test_a_pool_of_living_kernels_is_left_alone(manager):
    async def scene():
        manager.warm("lives")
        await asyncio.wait(manager.pool)
        drop_dead(manager, "start.ipynb")

    asyncio.run(scene())
    assert len(manager.pool) == 1
    assert not manager.filled
