"""The small pages of our own that need no script: a title, a sentence, and what to do next."""

from __future__ import annotations

import base64
import html
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response

if TYPE_CHECKING:
    from vitrail.web.calls import Call

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "frame-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# In the page itself, so that no browser asks for /favicon.ico; pixels, since to draw an SVG the browser
# sets up a whole document while the editor opens.
_PIXELS = base64.b64encode((Path(__file__).parent / "icon.png").read_bytes()).decode()
ICON = f'<link rel="icon" href="data:image/png;base64,{_PIXELS}">'
STYLE = """
:root{color-scheme:light dark;--bg:#f4f4f1;--panel:#fcfcfa;--ink:#1c1d22;--muted:#5d606a;--line:#e4e4de;--accent:#2f4fe0}
@media(prefers-color-scheme:dark){:root{--bg:#17171a;--panel:#1f2024;--ink:#f0efea;--muted:#a9abb5;--line:#34353b;--accent:#8ea0ff}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--bg);color:var(--ink);
font:15px/1.55 "Inter Variable",Inter,system-ui,sans-serif;padding:24px}
main{width:min(400px,100%);background:var(--panel);border:1px solid var(--line);border-radius:16px;padding:36px 32px;
box-shadow:0 1px 2px #0000000d,0 16px 48px #00000012}
h1{font-size:22px;line-height:1.25;margin:20px 0 6px;font-weight:600;letter-spacing:-.01em}p{margin:0 0 22px;color:var(--muted)}
label{display:block;font-weight:500;margin-bottom:6px}input{width:100%;font:inherit;color:inherit;background:transparent;
border:1px solid var(--line);border-radius:8px;padding:10px 12px;margin-bottom:18px}
button,.button{display:block;width:100%;text-align:center;font:inherit;font-weight:600;border:0;border-radius:8px;
padding:11px 16px;background:var(--ink);color:var(--bg);cursor:pointer;text-decoration:none}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.logo{display:grid;grid-template-columns:14px 14px;gap:3px;transform:rotate(8deg);width:max-content}
.logo i{width:14px;height:14px;border-radius:3px}.logo i:nth-child(1){background:#2f4fe0}
.logo i:nth-child(2){background:#e0a21b;border-radius:50% 3px 3px 3px}
.logo i:nth-child(3){background:#d6335e;border-radius:3px 3px 3px 50%}.logo i:nth-child(4){background:#11a06b}
"""


def language_of(call: Call) -> str:
    """Return French or English, as the browser prefers."""
    wanted = call.request.headers.get("accept-language", "").lower()
    french, english = wanted.find("fr"), wanted.find("en")
    return "en" if english >= 0 and (french < 0 or english < french) else "fr"


def card(language: str, title: str, text: str, inner: str, status: int = 200) -> Response:
    """Return a page; `inner` is markup of our own, the rest is text."""
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{html.escape(title)}</title>{ICON}<style>{STYLE}</style></head><body><main>"
        '<div class="logo" aria-hidden="true"><i></i><i></i><i></i><i></i></div>'
        f"<h1>{html.escape(title)}</h1><p>{html.escape(text)}</p>{inner}</main></body></html>"
    )
    return HTMLResponse(page, status, headers=HEADERS)
