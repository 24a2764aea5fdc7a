"""Vitrail: a server on which designers build websites together, live."""

__version__ = "0.1.0"
