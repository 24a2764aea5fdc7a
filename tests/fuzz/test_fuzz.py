"""The fuzzer for as long as a suite can wait, from a seed that differs with each run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.attack import Attack
from tests.fuzz.campaign import CORPUS, read

ROOT = Path(__file__).parents[2]
SECONDS = 8


@pytest.mark.timeout(300)
def test_nobody_brings_the_server_down() -> None:
    """In a process of its own: what crashes pycrdt here would crash an honest client's too."""
    command = [sys.executable, "-m", "tests.fuzz", "--seconds", str(SECONDS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.bin")), ids=lambda path: path.stem)
def test_what_is_kept_can_be_read(path: Path) -> None:
    attack = read(path)
    assert attack.steps
    assert Attack.decode(attack.encode()) == attack
