"""Makes the log fail at the first edit, as a fault in it would, in every process that has this folder on its
`PYTHONPATH`.
"""

import sys
from importlib.machinery import PathFinder


class Finder:
    """Finds the module of the log, and changes it once it was executed."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "vitrail.collab.log":
            return None
        spec = PathFinder.find_spec(name, path, target)
        assert spec is not None
        assert spec.loader is not None
        execute = spec.loader.exec_module

        def execute_and_change(module):
            execute(module)

            def fail(log):
                raise ZeroDivisionError("the log is broken")

            module.UpdateLog._next = fail

        spec.loader.exec_module = execute_and_change
        return spec


sys.meta_path.insert(0, Finder)
