"""Makes native code die or hang of certain updates, and the log fail of another, as faults in them would, in every
process that has this folder on its `PYTHONPATH`.
"""

import os
import sys
from importlib.machinery import PathFinder

CRASH, HANG, BREAK = b"this update crashes", b"this update hangs", b"this update breaks the log"


def poison_native(module):
    apply = module.apply_updates

    def apply_or_die(doc, updates, *more):
        if any(CRASH in update for update in updates):
            os.abort()
        while any(HANG in update for update in updates):
            pass
        apply(doc, updates, *more)

    module.apply_updates = apply_or_die


def poison_log(module):
    take = module.UpdateLog._next

    def take_or_fail(log):
        batch, count = take(log)
        if any(BREAK in payload for entry in batch for payload, _ in entry.updates):
            raise ZeroDivisionError("the log is broken")
        return batch, count

    module.UpdateLog._next = take_or_fail


POISONED = {"vitrail.collab.native": poison_native, "vitrail.collab.log": poison_log}


class Finder:
    """Finds these modules, and changes each once it was executed."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in POISONED:
            return None
        spec = PathFinder.find_spec(name, path, target)
        assert spec is not None
        assert spec.loader is not None
        execute = spec.loader.exec_module

        def execute_and_change(module):
            execute(module)
            POISONED[name](module)

        spec.loader.exec_module = execute_and_change
        return spec


sys.meta_path.insert(0, Finder)
