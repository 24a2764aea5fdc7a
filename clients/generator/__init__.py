"""Writes operation documents and typed clients from the published schema: `make clients`."""
