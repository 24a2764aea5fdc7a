"""Spans of what takes time, for those who collect traces; nothing at all for everybody else.

What is traced is named here and there by `span`; where the spans go is decided once, by `install`.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping


class Span(Protocol):
    """A stretch of time that is being traced."""

    def tell(self, facts: Mapping[str, str | int | float]) -> None:
        """Add what became known of it."""
        ...

    def rename(self, name: str) -> None:
        """Give it another name."""
        ...


class Traces(Protocol):
    """Where spans go."""

    def span(
        self,
        name: str,
        facts: Mapping[str, str | int | float],
        parent: Mapping[str, str] | None = None,
    ) -> AbstractContextManager[Span]:
        """Trace what happens in a context.

        Args:
            name: What it is; never with what a person typed.
            facts: Numbers and names that explain it.
            parent: The headers of a request that may name the span it belongs to (W3C
                `traceparent`).
        """
        ...


class _Nothing:
    """A span that goes nowhere; one serves all, at any depth."""

    def __enter__(self) -> _Nothing:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def tell(self, facts: Mapping[str, str | int | float]) -> None:
        pass

    def rename(self, name: str) -> None:
        pass


class _Off:
    nothing = _Nothing()

    def span(
        self,
        name: str,
        facts: Mapping[str, str | int | float],
        parent: Mapping[str, str] | None = None,
    ) -> _Nothing:
        del name, facts, parent
        return self.nothing


_traces: list[Traces] = [_Off()]


def span(
    name: str,
    parent: Mapping[str, str] | None = None,
    **facts: str | int | float,
) -> AbstractContextManager[Span]:
    """Trace what happens in a context; the arguments are those of `Traces.span`."""
    return _traces[-1].span(name, facts, parent)


@contextmanager
def install(traces: Traces) -> Generator[None]:
    """Send all spans of this process somewhere, for as long as the context lasts."""
    _traces.append(traces)
    try:
        yield
    finally:
        _traces.remove(traces)
