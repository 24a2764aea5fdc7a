"""A server that is asked what it is at tells it in its log, and goes on."""

from __future__ import annotations

import json
import signal

import httpx2

from tests.servers import Vitrail


def test_threads_and_tasks_are_told(vitrail: Vitrail):
    assert vitrail.process is not None
    vitrail.process.send_signal(signal.SIGUSR1)
    told = vitrail.await_log('"tasks"')
    assert "Current thread" in told
    [line] = [line for line in told.splitlines() if '"tasks"' in line]
    waits = [" ".join(places) for places in json.loads(line)["tasks"].values()]
    assert any("jobs.py" in where and "locks.py" in where for where in waits), waits
    assert httpx2.get(f"{vitrail.base}/healthz").is_success
