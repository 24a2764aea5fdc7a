"""Ends or deceives a server of the tests from outside: no hook is in the product.

Python imports this before anything else when its folder is on PYTHONPATH. What is to happen is in
the environment:

- FAULT_KILL=module:qualified.name:before|after[:count]: the process ends, as by a power cut, at the
  count-th call of that function.
- FAULT_CLOCK: a file with the seconds by which the time of day is wrong.
"""

import importlib.abc
import importlib.machinery
import inspect
import os
import signal
import sys
from pathlib import Path

from typing_extensions import override

KILL = os.environ.get("FAULT_KILL", "")
CLOCK = os.environ.get("FAULT_CLOCK", "")


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def fatal(function, when, count):
    """Return a function that ends the process before or after its count-th call."""
    left = [count]

    def is_due():
        left[0] -= 1
        return left[0] == 0

    if inspect.iscoroutinefunction(function):

        async def waiting(*args, **named):
            due = is_due()
            if due and when == "before":
                die()
            result = await function(*args, **named)
            if due:
                die()
            return result

        return waiting

    def wrapped(*args, **named):
        due = is_due()
        if due and when == "before":
            die()
        result = function(*args, **named)
        if due:
            die()
        return result

    return wrapped


def arm(module):
    """Put faults into a module that was just imported."""
    if KILL.startswith(f"{module.__name__}:"):
        _, path, when, *count = KILL.split(":")
        *owners, name = path.split(".")
        owner = module
        for part in owners:
            owner = getattr(owner, part)
        function = getattr(owner, name)
        setattr(owner, name, fatal(function, when, int(count[0]) if count else 1))
    if CLOCK and module.__name__ == "vitrail.core.clock":
        from datetime import timedelta

        now = module.SystemClock.now

        def wrong(self):
            return now(self) + timedelta(seconds=float(Path(CLOCK).read_text()))

        module.SystemClock.now = wrong


class Loader(importlib.abc.Loader):
    def __init__(self, loader):
        self._loader = loader

    def __getattr__(self, name):
        return getattr(self._loader, name)

    @override
    def create_module(self, spec):
        return self._loader.create_module(spec)

    @override
    def exec_module(self, module):
        self._loader.exec_module(module)
        arm(module)


class Finder(importlib.abc.MetaPathFinder):
    @override
    def find_spec(self, name, path, target=None):
        if not name.startswith("vitrail"):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = Loader(spec.loader)
        return spec


if KILL or CLOCK:
    sys.meta_path.insert(0, Finder())
