"""The text that Prometheus reads, version 0.0.4.

Source: https://prometheus.io/docs/instrumenting/exposition_formats/, "Text-based format".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vitrail.core.histogram import Histogram

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Sample(msgspec.Struct, array_like=True, frozen=True):
    """One line: what follows the family's name, the labels, the number."""

    suffix: str
    labels: dict[str, str]
    value: float


class Family(msgspec.Struct, array_like=True, frozen=True):
    """A metric with all its lines.

    Attributes:
        name: Its name; that of a counter ends with `_total`.
        kind: What its numbers mean.
        help: What it is, in a sentence.
        samples: The lines.
    """

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    help: str
    samples: list[Sample]


def gauge(name: str, text: str, value: float) -> Family:
    """Return a number that goes up and down; a truth is 1."""
    return Family(name, "gauge", text, [Sample("", {}, float(value))])


def counter(name: str, text: str, value: float) -> Family:
    """Return a number that only grows."""
    return Family(name, "counter", text, [Sample("", {}, value)])


def by_label(
    kind: Literal["counter", "gauge"], name: str, text: str, label: str, values: Mapping[str, float]
) -> Family:
    """Return one number for each value of a label."""
    samples = [Sample("", {label: key}, value) for key, value in values.items()]
    return Family(name, kind, text, samples)


def histogram(name: str, text: str, found: Histogram) -> Family:
    """Return a histogram."""
    return Family(name, "histogram", text, list(buckets(found, {})))


def buckets(found: Histogram, labels: Mapping[str, str]) -> Iterator[Sample]:
    """Yield the lines of a histogram: its buckets count all that lies under them."""
    under = 0
    for bound, count in zip([*found.bounds, None], found.counts, strict=True):
        under += count
        edge = "+Inf" if bound is None else _number(bound)
        yield Sample("_bucket", {**labels, "le": edge}, under)
    yield Sample("_sum", dict(labels), found.total)
    yield Sample("_count", dict(labels), under)


def merge(parts: Mapping[str, Iterable[Family]], label: str) -> list[Family]:
    """Return the families of several processes as one, each line with the label of its process."""
    found: dict[str, Family] = {}
    for part, families in parts.items():
        for family in families:
            whole = found.setdefault(family.name, Family(family.name, family.kind, family.help, []))
            whole.samples.extend(
                Sample(s.suffix, {label: part, **s.labels}, s.value) for s in family.samples
            )
    return list(found.values())


def render(families: Iterable[Family]) -> bytes:
    """Return the text."""
    lines: list[str] = []
    for family in families:
        lines.append(f"# HELP {family.name} {_escape(family.help)}")
        lines.append(f"# TYPE {family.name} {family.kind}")
        for sample in family.samples:
            labels = ",".join(
                f'{name}="{_escape(text, quotes=True)}"' for name, text in sample.labels.items()
            )
            at = f"{family.name}{sample.suffix}"
            lines.append(
                f"{at}{{{labels}}} {_number(sample.value)}"
                if labels
                else f"{at} {_number(sample.value)}"
            )
    return ("\n".join(lines) + "\n").encode()


def _escape(text: str, *, quotes: bool = False) -> str:
    text = text.replace("\\", r"\\").replace("\n", r"\n")
    return text.replace('"', r"\"") if quotes else text


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
