"""What Prometheus reads, and that dashboard and alerts name nothing that the server does not export."""

from __future__ import annotations

import json
import re
import socket
import time
from pathlib import Path

import httpx2
import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests.collab.client import Client
from tests.servers import Vitrail
from vitrail.core.histogram import Histogram
from vitrail.server.exposition import Family, Sample, histogram, merge, render
from vitrail.server.requests import UNKNOWN, Requests

ROOT = Path(__file__).parents[2]
DASHBOARD = json.loads((ROOT / "deploy/grafana/vitrail.json").read_text("utf-8"))
ALERTS = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text("utf-8"))
DOCS = (ROOT / "docs/operations.md").read_text("utf-8")
# Of the scrape itself, made by Prometheus; and of a server with several workers only.
ELSEWHERE = {"up", "vitrail_workers_silent"}


def read(text: str) -> dict[str, dict[str, float]]:
    """Return all numbers by name and labels, as Prometheus' own parser reads them."""
    found: dict[str, dict[str, float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = ",".join(f"{k}={v}" for k, v in sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[labels] = sample.value
    return found


def scrape(vitrail: Vitrail) -> dict[str, dict[str, float]]:
    answer = httpx2.get(f"{vitrail.base}/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return read(answer.raise_for_status().text)


def grown(before: dict[str, dict[str, float]], after: dict[str, dict[str, float]]) -> set[str]:
    return {
        name
        for name, values in after.items()
        if sum(values.values()) > sum(before.get(name, {}).values())
    }


def test_what_people_do_is_counted(shared_vitrail: Vitrail, owner_token: str):
    name = "doc:counted"
    with Client(shared_vitrail.base, owner_token, name) as ana:
        ana.sync()
        before = scrape(shared_vitrail)
        with Client(shared_vitrail.base, owner_token, name) as ben:
            ben.sync()
            ana.edit("a", 1)
            ana.settle()
            while "a" not in ben.map:
                ben.receive()
            ben.push(b"\xff\x01\x02")
            ben.settle()
            during = scrape(shared_vitrail)
    assert {
        "vitrail_edits_accepted_total",
        "vitrail_edits_committed_total",
        "vitrail_edits_delivered_total",
        "vitrail_updates_refused_total",
        "vitrail_received_bytes_total",
        "vitrail_sent_bytes_total",
        "vitrail_log_commit_seconds_count",
        "vitrail_log_batch_updates_sum",
        "vitrail_http_requests_total",
    } <= grown(before, during)
    assert (
        during["vitrail_edits_delivered_total"][""]
        == before["vitrail_edits_delivered_total"][""] + 1
    )
    assert (
        during["vitrail_connections"]["dialect=hp"]
        == before["vitrail_connections"]["dialect=hp"] + 1
    )
    assert during["vitrail_log_up"][""] == 1
    assert during["vitrail_log_backlog_updates"][""] == 0
    assert during["process_resident_memory_bytes"][""] > 20 << 20


def test_requests_are_counted_by_template_and_never_by_address(shared_vitrail: Vitrail):
    with httpx2.Client(base_url=shared_vitrail.base) as client:
        client.get("/sign-in/a-secret-link")
        client.get("/nowhere/at-all?token=secret")
        text = client.get("/metrics").text
    assert "secret" not in text
    counts = read(text)["vitrail_http_requests_total"]
    assert counts["method=GET,route=/sign-in/{token},status=404"] >= 1
    assert counts[f"method=GET,route={UNKNOWN},status=404"] >= 1


def test_who_leaves_in_the_middle_of_a_request_is_counted_and_no_fault(
    shared_vitrail: Vitrail, owner_token: str
):
    gone = "method=POST,route=/graphql,status=499"
    total = "vitrail_http_requests_total"
    before = scrape(shared_vitrail)[total].get(gone, 0)
    head = f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{shared_vitrail.port}\r\n"
    head += f"Authorization: Bearer {owner_token}\r\nContent-Length: 100\r\n\r\n"
    with socket.create_connection(("127.0.0.1", shared_vitrail.port)) as line:
        line.sendall(head.encode() + b'{"query":')
    end = time.monotonic() + 30
    while scrape(shared_vitrail)[total].get(gone, 0) == before:
        assert time.monotonic() < end, "it was not counted"
    assert shared_vitrail.faults() == []


def test_strange_methods_share_one_label():
    requests = Requests()
    for number in range(100):
        requests.note({"method": f"SCAN{number}"}, 405, 0.001)
    [total] = [f for f in requests.families() if f.name == "vitrail_http_requests_total"]
    assert [s.labels["method"] for s in total.samples] == ["other"]


def test_a_histogram_counts_what_lies_under_each_bound():
    found = Histogram((1, 2.5))
    for value in (0.5, 1, 2, 9):
        found.observe(value)
    values = read(render([histogram("x_seconds", "A \\ test\nof lines.", found)]).decode())
    assert values["x_seconds_bucket"] == {"le=1": 2, "le=2.5": 3, "le=+Inf": 4}
    assert (values["x_seconds_sum"][""], values["x_seconds_count"][""]) == (12.5, 4)


def test_labels_are_escaped_and_workers_told_apart():
    part = Family("x", "gauge", "X.", [Sample("", {"route": 'a"b\\c\nd'}, 1)])
    values = read(render(merge({"0": [part], "1": [part]}, "worker")).decode())
    assert values["x"] == {'route=a"b\\c\nd,worker=0': 1, 'route=a"b\\c\nd,worker=1': 1}


# ---- who may read them --------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-For": "203.0.113.9"}, {"X-Real-IP": "203.0.113.9"}, {"Via": "1.1 x"}]
)
def test_a_proxy_on_this_machine_opens_the_metrics_to_nobody(shared_vitrail, headers):
    found = httpx2.get(f"{shared_vitrail.base}/metrics", headers=headers)
    assert found.status_code == 401


def test_another_host_name_needs_a_token(shared_vitrail: Vitrail, askers):
    url, host = f"{shared_vitrail.base}/metrics", {"Host": "studio.example"}
    assert httpx2.get(url, headers=host).status_code == 401
    assert httpx2.get(url, headers={**host, **askers["metrics"].headers}).status_code == 200
    assert httpx2.get(url, headers={**host, **askers["read"].headers}).status_code == 403


# ---- what operators are given -------------------------------------------------------------


def expressions() -> list[str]:
    panels = [t["expr"] for panel in DASHBOARD["panels"] for t in panel.get("targets", ())]
    rules = [rule["expr"] for group in ALERTS["groups"] for rule in group["rules"]]
    variables = [
        v["query"]["query"] for v in DASHBOARD["templating"]["list"] if v["type"] == "query"
    ]
    assert len(panels) > 30
    inner = [re.sub(r"^label_values\((\w+), \w+\)$", r"\1", v) for v in variables]
    return [e.replace("$__rate_interval", "1m") for e in [*panels, *rules, *inner]]


def names_in(node: object) -> set[str]:
    """Return the metrics that an expression names."""
    if isinstance(node, promql_parser.VectorSelector):
        return {node.name or ""}
    parts = [getattr(node, key, None) for key in ("expr", "lhs", "rhs", "vs", "vector_selector")]
    parts += getattr(node, "args", None) or []
    return set().union(*(names_in(part) for part in parts if part is not None))


def test_dashboard_and_alerts_name_only_what_a_live_server_exports(shared_vitrail: Vitrail):
    text = httpx2.get(f"{shared_vitrail.base}/metrics").text
    exported = set(re.findall(r"^# TYPE (\w+)", text, re.MULTILINE))
    named: set[str] = set()
    for expression in expressions():
        found = names_in(promql_parser.parse(expression))
        assert found or "vector" in expression, expression
        named |= found
    plain = {re.sub(r"_(bucket|sum|count)$", "", n) if n not in exported else n for n in named}
    assert plain - exported == ELSEWHERE
    unwatched = {name for name in exported if name not in plain}
    assert unwatched <= {"vitrail_bus_shared", "process_start_time_seconds"}


def test_every_alert_and_metric_is_explained(shared_vitrail: Vitrail):
    text = httpx2.get(f"{shared_vitrail.base}/metrics").text
    names = set(re.findall(r"^# TYPE (vitrail_\w+)", text, re.MULTILINE))
    names |= {rule["alert"] for group in ALERTS["groups"] for rule in group["rules"]}
    assert sorted(name for name in names if f"`{name}`" not in DOCS) == []


def test_panels_have_places_of_their_own_and_alerts_say_what_is_wrong():
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))
    taken: set[tuple[int, int]] = set()
    for place in (panel["gridPos"] for panel in DASHBOARD["panels"]):
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken
        assert place["x"] + place["w"] <= 24
        taken |= cells
    for rule in (rule for group in ALERTS["groups"] for rule in group["rules"]):
        assert rule["labels"]["severity"] in {"critical", "warning"}
        assert rule["annotations"]["summary"]
