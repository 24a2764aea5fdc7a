from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.servers import Vitrail

SITE = Path(__file__).parent / "site"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with the demo site, and a token: made once, copied for each test."""
    server = Vitrail(tmp_path_factory.mktemp("template") / "data")
    server.start()
    token = server.run("token", "create")
    server.stop()
    return server.data, token


Start = Callable[..., Vitrail]


def copy(template: Path, folder: Path, **faults: str) -> Vitrail:
    """Return a server on a copy of a data folder; its environment holds its faults."""
    shutil.copytree(template, folder / "data")
    path = os.pathsep.join([str(SITE), os.environ.get("PYTHONPATH", "")])
    return Vitrail(folder / "data", environment={"PYTHONPATH": path, **faults})


@pytest.fixture
def prepare(template: tuple[Path, str], tmp_path: Path) -> Iterator[Start]:
    """Return what makes a server with some faults on a copy of the template."""
    made: list[Vitrail] = []

    def make(**faults: str) -> Vitrail:
        made.append(copy(template[0], tmp_path / f"{len(made)}", **faults))
        return made[-1]

    yield make
    for server in made:
        server.stop()


@pytest.fixture
def token(template: tuple[Path, str]) -> str:
    return template[1]
