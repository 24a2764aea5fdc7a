"""The chart of the README: delivered edits per second of CPU, by scenario and server, as an SVG."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from benchmarks.collab.goals import PER_CPU, Results, median

if TYPE_CHECKING:
    from collections.abc import Iterator

PANELS = {
    "fan-100": "100 people in a document, 500 edits/s",
    "saturation": "100 people in a document, at its limit",
    "many": "300 documents of 3, 1,500 edits/s",
    "many-saturated": "300 documents of 3, at their limit",
    "presence": "50 people move their cursors",
    "fan-1000": "1,000 people in a document, 20 edits/s",
}
NAMES = {
    "vitrail": "Vitrail",
    "hocuspocus": "Hocuspocus",
    "hocuspocus-10": "Hocuspocus, 10 ms",
    "y-websocket": "y-websocket",
    "pycrdt-websocket": "pycrdt-websocket",
}
BASELINE = "hocuspocus"
TITLE = "Delivered edits per second of server CPU"
LEAD_IN = (
    "An edit counts once for each other person whom it reached. "
    "A pane of Vitrail’s glass is as long as Hocuspocus."
)
NOTE = (
    "Longer is better; each panel has its own scale. Medians of interleaved runs on one machine, over "
    "loopback, a fresh server each;",
    "a run after which documents differed has no figures. How it is measured: benchmarks/collab/README.md",
)
WIDTH, MARGIN, GUTTER = 880, 32, 48
HEAD, PANEL_HEAD, ROW, BAR, FOOT = 104, 30, 25, 13, 70
PANEL_GAP = 30
PANEL_WIDTH = (WIDTH - 2 * MARGIN - GUTTER) / 2
LABEL_WIDTH, VALUE_WIDTH = 130, 54
BAR_WIDTH = PANEL_WIDTH - LABEL_WIDTH - VALUE_WIDTH
LEAD = 1.5  # between two panes of glass
LEAST_PANE = 5.0  # narrower ones would be all lead

STYLE = """
  svg { --paper: #fcfcfa; --line: #e4e4de; --ink: #1c1d22; --soft: #65665f; --peer: #b9b9b0; --glass: #2f4fe0 }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #1b1b1e; --line: #34343a; --ink: #f1f1ec; --soft: #a3a39b; --peer: #5c5c60; --glass: #7d95ff }
  }
  text { font: 13px Inter, system-ui, -apple-system, "Segoe UI", sans-serif; fill: var(--ink) }
  .paper { fill: var(--paper); stroke: var(--line) }
  .title { font-size: 20px; font-weight: 600; letter-spacing: -.01em }
  .panel { font-weight: 600 }
  .soft { fill: var(--soft) }
  .small { font-size: 12px }
  .value { font-variant-numeric: tabular-nums; text-anchor: end }
  .ratio { text-anchor: end; font-weight: 600; fill: var(--glass) }
  .peer { fill: var(--peer) }
  .glass, .own { fill: var(--glass) }
  .own { font-weight: 600 }
"""


def drawn(results: Results) -> str:
    """Return the chart of what was measured."""
    panels = [name for name in PANELS if any(_values(results, name).values())]
    parts: list[str] = []
    top = float(HEAD)
    for first in range(0, len(panels), 2):
        pair = panels[first : first + 2]
        for place, name in enumerate(pair):
            left = MARGIN + place * (PANEL_WIDTH + GUTTER)
            parts += _panel(results, name, left, top)
        rows = max(len(_values(results, name)) for name in pair)
        top += PANEL_HEAD + rows * ROW + PANEL_GAP
    height = top - PANEL_GAP + FOOT
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
            f'width="{WIDTH}" height="{height:.0f}" role="img" aria-labelledby="title desc">',
            f'<title id="title">{TITLE}</title>',
            f'<desc id="desc">{escape(" ".join(_told(results, panels)))}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="paper" x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1:.0f}" rx="12"/>',
            _text(MARGIN, 46, TITLE, "title"),
            _text(MARGIN, 70, LEAD_IN, "soft"),
            *parts,
            *(
                _text(MARGIN, height - 42 + 18 * at, line, "soft small")
                for at, line in enumerate(NOTE)
            ),
            "</svg>\n",
        ]
    )


def _values(results: Results, scenario: str) -> dict[str, float | None]:
    """Return the medians of the servers that took part; None where no run converged."""
    took_part = results.get(scenario, {})
    return {
        server: median(results, scenario, server, PER_CPU)
        for server in NAMES
        if server in took_part
    }


def _panel(results: Results, scenario: str, left: float, top: float) -> Iterator[str]:
    values = _values(results, scenario)
    most = max(value or 0 for value in values.values())
    base = values.get(BASELINE)
    own = values.get("vitrail")
    yield _text(left, top + 8, PANELS[scenario], "panel")
    if own and base:
        yield _text(left + PANEL_WIDTH, top + 8, f"{own / base:.1f}× Hocuspocus", "ratio")
    for row, (server, value) in enumerate(values.items()):
        y = top + PANEL_HEAD + row * ROW
        is_own = server == "vitrail"
        yield _text(left, y + BAR - 2, NAMES[server], "own" if is_own else "soft")
        if value is None:
            yield _text(left + LABEL_WIDTH, y + BAR - 2, "did not keep up", "soft small")
            continue
        length = max(2.0, BAR_WIDTH * value / most)
        pane = BAR_WIDTH * base / most if is_own and base else 0
        yield from _bar(left + LABEL_WIDTH, y, length, pane, is_own=is_own)
        kind = "value own" if is_own else "value soft"
        yield _text(left + PANEL_WIDTH, y + BAR - 2, _short(value), kind)


def _bar(left: float, top: float, length: float, pane: float, *, is_own: bool) -> Iterator[str]:
    """Draw a bar; Vitrail's as panes of glass, each as long as the baseline's bar."""
    kind = "glass" if is_own else "peer"
    begin = 0.0
    step = pane if pane >= LEAST_PANE else length
    while begin < length:
        width = min(step, length - begin)
        gap = LEAD if begin + width < length else 0
        if width - gap > 0:
            yield (
                f'<rect class="{kind}" x="{left + begin:.1f}" y="{top:.1f}" '
                f'width="{width - gap:.1f}" height="{BAR}" rx="2"/>'
            )
        begin += width


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _short(value: float) -> str:
    if value >= 1e6:
        return f"{value / 1e6:.1f} M"
    return f"{value / 1e3:.0f} k" if value >= 1e4 else f"{value / 1e3:.1f} k"


def _told(results: Results, panels: list[str]) -> Iterator[str]:
    """Yield the chart in words, for those who do not see it."""
    for name in panels:
        said = ", ".join(
            f"{NAMES[server]} {_short(value) if value else 'did not keep up'}"
            for server, value in _values(results, name).items()
        )
        yield f"{PANELS[name]}: {said}."
