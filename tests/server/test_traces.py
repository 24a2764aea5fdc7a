"""Traces: what is in them, what never is, and that nobody pays for them who wants none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import httpx2
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from pycrdt import Doc, Map
from typing_extensions import override

from vitrail.collab.entries import Author
from vitrail.collab.server_edits import edit_documents
from vitrail.core.settings import Settings
from vitrail.core.tracing import span
from vitrail.server.application import create_app
from vitrail.server.traces import tracing


class Collector(BaseHTTPRequestHandler):
    """Takes spans by OTLP."""

    received: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        assert self.path == "/v1/traces"
        self.received.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


class Spans:
    """What a collector was sent."""

    def __init__(self, endpoint: str, received: list[bytes]) -> None:
        self.endpoint, self.received = endpoint, received

    def by_name(self) -> dict[str, dict[str, object]]:
        found: dict[str, dict[str, object]] = {}
        for body in self.received:
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for one in (one for scope in resource.scope_spans for one in scope.spans):
                    facts = {
                        a.key: a.value.string_value or a.value.int_value for a in one.attributes
                    }
                    found[one.name] = {
                        **facts,
                        "trace": one.trace_id.hex(),
                        "parent": one.parent_span_id.hex(),
                        "failed": one.status.code == 2,
                    }
        return found


@pytest.fixture
def spans() -> Iterator[Spans]:
    received: list[bytes] = []
    handler = type("Handler", (Collector,), {"received": received})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Spans(f"http://127.0.0.1:{server.server_port}", received)
        server.shutdown()
        thread.join()


def put(docs: list[Doc[Any]]) -> None:
    docs[0].get("m", type=Map)["a"] = 1


async def test_requests_loads_and_commits_are_traced_without_secrets(tmp_path, spans):
    door = create_app(Settings(data=str(tmp_path), otlp_endpoint=spans.endpoint))
    trace, parent = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    headers = {"traceparent": f"00-{trace}-{parent}-01"}
    async with door.app.router.lifespan_context(door.app):
        transport = httpx2.ASGITransport(door)
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            found = await client.get("/sign-in/a-secret-link?token=secret", headers=headers)
            assert found.status_code == 404
        rooms = door.app.state.services.collab.rooms
        async with rooms.open("doc:traced", create_for=Author(None, "system")):
            pass
        await edit_documents(rooms, ["doc:traced"], Author(None, "system"), put)
    found = spans.by_name()
    asked = found["GET /sign-in/{token}"]
    assert (asked["trace"], asked["parent"]) == (trace, parent)
    assert asked["http.response.status_code"] == 404
    assert found["collab.load"]["doc"] == "doc:traced"
    assert found["collab.commit"]["updates"] >= 1
    assert not any(b"secret" in body for body in spans.received)


async def test_a_span_belongs_to_the_one_around_it_and_tells_the_class_of_an_error(tmp_path, spans):
    async with tracing(Settings(data=str(tmp_path), otlp_endpoint=spans.endpoint)):
        with span("outer"), pytest.raises(ValueError, match="private"), span("inner"):
            raise ValueError("private words")
    found = spans.by_name()
    assert found["inner"]["trace"] == found["outer"]["trace"]
    assert (found["inner"]["failed"], found["outer"]["failed"]) == (True, False)
    assert not any(b"private" in body for body in spans.received)


async def test_a_collector_that_is_not_there_harms_nobody(tmp_path):
    async with tracing(Settings(data=str(tmp_path), otlp_endpoint="http://127.0.0.1:9")):
        pass
    with span("nowhere", doc="x") as one:
        one.tell({"a": 1})


def test_whoever_wants_no_traces_imports_nothing_for_them():
    code = "import sys, vitrail.server.application; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "vitrail.server.metrics" in done.stdout
    assert "opentelemetry" not in done.stdout
    assert "prometheus_client" not in done.stdout
