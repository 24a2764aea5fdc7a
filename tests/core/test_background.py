"""Work that nobody waits for."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from vitrail.core.background import in_background

NEVER_ENDS = """
import asyncio, threading
from vitrail.core.background import in_background

async def main():
    begun = threading.Event()
    def work():
        begun.set()
        threading.Event().wait()
    asyncio.ensure_future(in_background(work))
    await asyncio.to_thread(begun.wait)

asyncio.run(main())
"""


async def test_it_is_done_elsewhere_and_what_fails_is_told():
    assert await in_background(threading.current_thread) is not threading.current_thread()
    with pytest.raises(ZeroDivisionError):
        await in_background(lambda: 1 // 0)
    assert await in_background(max, 1, 2) == 2


def test_a_process_does_not_wait_for_it():
    ended = subprocess.run([sys.executable, "-c", NEVER_ENDS], timeout=60, check=False)
    assert ended.returncode == 0
