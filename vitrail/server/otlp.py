"""Spans by OpenTelemetry, sent in batches by a thread of its own. Imported only where it is wanted.

What the OpenTelemetry SDK reads from the environment (`OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER`,
`OTEL_EXPORTER_OTLP_HEADERS`, …) holds here too.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from vitrail import __version__

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

TIMEOUT_SECONDS = 5
PARENT = TraceContextTextMapPropagator()


class OtlpSpan:
    """A span that is being recorded."""

    __slots__ = ("_span",)

    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def tell(self, facts: Mapping[str, str | int | float]) -> None:
        """Add what became known of it."""
        self._span.set_attributes(facts)

    def rename(self, name: str) -> None:
        """Give it another name."""
        self._span.update_name(name)


class OtlpTraces:
    """Sends spans to an endpoint; what it does not take is dropped, and nobody waits for it.

    Args:
        endpoint: Base address of an OTLP receiver over HTTP.
    """

    def __init__(self, endpoint: str) -> None:
        names = {"service.name": os.environ.get("OTEL_SERVICE_NAME", "vitrail")}
        self._provider = TracerProvider(
            resource=Resource.create({**names, "service.version": __version__}),
            shutdown_on_exit=False,
        )
        exporter = OTLPSpanExporter(
            endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=TIMEOUT_SECONDS
        )
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("vitrail", __version__)

    @contextmanager
    def span(
        self,
        name: str,
        facts: Mapping[str, str | int | float],
        parent: Mapping[str, str] | None = None,
    ) -> Generator[OtlpSpan]:
        """Trace what happens in a context; see `core.tracing.Traces`."""
        context = PARENT.extract(parent) if parent else None
        kind = trace.SpanKind.SERVER if parent is not None else trace.SpanKind.INTERNAL
        # The text of an exception may hold what a person typed: only its class is told.
        with self._tracer.start_as_current_span(
            name,
            context,
            kind,
            attributes=facts,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield OtlpSpan(span)
            except Exception as error:
                span.set_status(trace.StatusCode.ERROR, type(error).__name__)
                raise

    def close(self) -> None:
        """Send what waits, and stop. Blocks for `TIMEOUT_SECONDS` at most."""
        self._provider.force_flush(TIMEOUT_SECONDS * 1000)
        self._provider.shutdown()
