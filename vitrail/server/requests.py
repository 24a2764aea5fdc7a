"""Counts of HTTP requests: by the route's template, never by the address, which may hold secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vitrail.core.histogram import SECONDS, Histogram
from vitrail.server.exposition import Family, Sample, buckets, gauge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNKNOWN = "(none)"  # no route takes the address: scanners ask for thousands of them
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def template_of(scope: Mapping[str, Any]) -> str:
    """Return the template of the route that took a request."""
    route = scope.get("route")
    return getattr(route, "path", UNKNOWN)


class Requests:
    """What was asked of this process over HTTP."""

    def __init__(self) -> None:
        self.in_flight = 0
        self._counts: dict[tuple[str, str, int], int] = {}
        self._seconds: dict[str, Histogram] = {}

    def note(self, scope: Mapping[str, Any], status: int, seconds: float) -> None:
        """Count a request that was answered; status 0: it ended without an answer."""
        route, method = template_of(scope), str(scope["method"])
        key = (method if method in METHODS else "other", route, status)
        self._counts[key] = self._counts.get(key, 0) + 1
        self._seconds.setdefault(route, Histogram(SECONDS)).observe(seconds)

    def families(self) -> Iterator[Family]:
        """Yield what was counted."""
        yield gauge(
            "vitrail_http_requests_in_flight", "HTTP requests being answered.", self.in_flight
        )
        yield Family(
            "vitrail_http_requests_total",
            "counter",
            "HTTP requests answered, by method, route template and status.",
            [
                Sample("", {"method": method, "route": route, "status": str(status)}, count)
                for (method, route, status), count in self._counts.items()
            ],
        )
        yield Family(
            "vitrail_http_request_seconds",
            "histogram",
            "Time to answer HTTP requests, by route template.",
            [
                sample
                for route, seconds in self._seconds.items()
                for sample in buckets(seconds, {"route": route})
            ],
        )
