"""Names as parts of URLs."""

from __future__ import annotations

import re
import unicodedata


def slugify(text: str, most: int = 60) -> str:
    """Return a name as a part of a URL: lower-case letters, digits and hyphens, perhaps none.

    Args:
        text: The name; accents are dropped, and letters of other scripts.
        most: How many characters it may have.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:most].strip("-")
