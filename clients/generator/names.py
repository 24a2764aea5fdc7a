"""Names as languages write them."""

from __future__ import annotations

import keyword
import re


def pascal(name: str) -> str:
    """Return `productCreate` as `ProductCreate`."""
    return name[:1].upper() + name[1:]


def camel(name: str) -> str:
    """Return `ProductCreate` as `productCreate`."""
    return name[:1].lower() + name[1:]


def snake(name: str) -> str:
    """Return `productCreate` as `product_create`, and with a line after it what Python keeps."""
    found = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return f"{found}_" if keyword.iskeyword(found) else found
