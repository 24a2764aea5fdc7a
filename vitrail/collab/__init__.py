"""CRDT rooms for any document: bytes, not pages."""
