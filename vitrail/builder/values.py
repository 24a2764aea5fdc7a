"""Which values may enter a page: URLs, CSS values, colours and names of tokens."""

import re
from typing import Final

MAX_VALUE_BYTES: Final = 16_384

_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms", "page", "asset"})
_IGNORED = re.compile("[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_ENTITY = re.compile("&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(colon|tab|newline));?", re.IGNORECASE)
_NAMED = {"colon": ":", "tab": "", "newline": ""}
_SCHEME = re.compile("([a-z][a-z0-9+.-]*):", re.IGNORECASE)

# Control characters, ways out of a declaration, comments and escapes, then all that loads or runs.
_FORBIDDEN_CSS = re.compile(
    r"[;{}<>\\@\u0000-\u001f\u007f]|/\*|\*/|expression\s*\(|script\s*:|behavior\s*:|binding"
    r"|\b(?:image-set|image|src|element|paint|cross-fade|attr|env)\s*\(",
    re.IGNORECASE,
)
_URL = re.compile(r"url\s*\(", re.IGNORECASE)
_ASSET_URL = re.compile(r"url\((?:asset:[0-9A-Za-z_-]+|demo/[0-9a-z-]+)\)")
_QUOTED = re.compile("\"[^\"]*\"|'[^']*'")

TOKEN_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")
TOKEN: Final = re.compile(r"\$([a-z][a-z0-9]*(?:[.-][a-z0-9]+)*)")
_COLOR = re.compile(r"\$[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*|#[0-9a-fA-F]{3,8}")
LOCALE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ANCHOR = re.compile(r"[A-Za-z][0-9A-Za-z_-]{0,63}")
_SLUG = re.compile(r"[^\u0000-\u0020/?#%\\<>\"'&]{0,100}")


def _entity(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED[name.lower()]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def is_safe_url(url: str) -> bool:
    """Tell whether a link or source may be followed: no script, no inline document.

    Whitespace, control characters and HTML entities are removed first, as browsers do.
    """
    plain = _IGNORED.sub("", _ENTITY.sub(_entity, _IGNORED.sub("", url)))
    scheme = _SCHEME.match(plain)
    return scheme is None or scheme[1].lower() in _SCHEMES


def is_safe_css(value: str) -> bool:
    """Tell whether `value` is one CSS value that can neither leave its declaration nor load."""
    if len(value.encode()) > MAX_VALUE_BYTES or _FORBIDDEN_CSS.search(value):
        return False
    if len(_URL.findall(value)) != len(_ASSET_URL.findall(value)):
        return False
    bare = _QUOTED.sub("", value)
    if '"' in bare or "'" in bare:
        return False
    depth = 0
    for character in bare:
        depth += (character in "([") - (character in ")]")
        if depth < 0:
            return False
    return depth == 0


def is_color(value: str) -> bool:
    """Tell whether `value` is `$token` or `#rrggbb`."""
    return bool(_COLOR.fullmatch(value))


def is_locale(name: str) -> bool:
    """Tell whether `name` looks like a BCP 47 tag, such as `fr` or `pt-BR`."""
    return bool(LOCALE.fullmatch(name))


def is_anchor(name: str) -> bool:
    """Tell whether `name` may be the HTML id of an element."""
    return bool(_ANCHOR.fullmatch(name))


def is_slug(slug: str) -> bool:
    """Tell whether `slug` may be one segment of a path; empty means the home page."""
    return bool(_SLUG.fullmatch(slug)) and slug not in {".", ".."}
