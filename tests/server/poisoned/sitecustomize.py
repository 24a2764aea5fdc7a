"""Makes native code die or hang of certain updates, as a fault in it would, in every process that has this
folder on its `PYTHONPATH`.
"""

import os
import sys
from importlib.machinery import PathFinder

CRASH, HANG = b"this update crashes", b"this update hangs"


class Finder:
    """Finds the one module that calls native code, and changes it once it was executed."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "vitrail.collab.native":
            return None
        spec = PathFinder.find_spec(name, path, target)
        assert spec is not None
        assert spec.loader is not None
        execute = spec.loader.exec_module

        def execute_and_change(module):
            execute(module)
            apply = module.apply_updates

            def apply_or_die(doc, updates, *more):
                if any(CRASH in update for update in updates):
                    os.abort()
                while any(HANG in update for update in updates):
                    pass
                apply(doc, updates, *more)

            module.apply_updates = apply_or_die

        spec.loader.exec_module = execute_and_change
        return spec


sys.meta_path.insert(0, Finder)
