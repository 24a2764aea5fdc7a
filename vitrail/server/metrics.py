"""Everything that this process tells Prometheus, read where it is kept when somebody asks.

Nothing is added up while edits are handled: rooms, log, nodes and connections keep plain numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail import __version__
from vitrail.collab.wire import Dialect
from vitrail.core.process import usage
from vitrail.server.exposition import Family, Sample, by_label, counter, gauge, histogram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vitrail.collab.rooms import Rooms
    from vitrail.collab.service import Collab
    from vitrail.core.loop_watch import LoopWatch
    from vitrail.server.requests import Requests


def collect(collab: Collab, loop: LoopWatch, requests: Requests, started_at: float) -> list[Family]:
    """Return all metrics of this process.

    Args:
        collab: Rooms, log, nodes and connections.
        loop: How late the event loop was.
        requests: What was asked over HTTP.
        started_at: When the process started, in seconds since 1970.
    """
    labels = {"version": __version__, "node": collab.rooms.nodes.id}
    text = "Which version runs, as which node."
    return [
        Family("vitrail_build_info", "gauge", text, [Sample("", labels, 1)]),
        *_rooms(collab.rooms),
        *_connections(collab),
        *_edits(collab),
        *_log(collab.rooms),
        *_nodes(collab.rooms),
        gauge("vitrail_draining", "Whether this node is about to stop.", collab.is_draining),
        *_loop(loop),
        *requests.families(),
        *_process(started_at),
    ]


def _rooms(rooms: Rooms) -> Iterator[Family]:
    states = {"occupied": 0, "lingering": 0, "tainted": 0, "loading": len(rooms.loading)}
    unsaved = members = present = lagging = 0
    window = 0.0
    for room in rooms.live.values():
        here = room.audience.members
        states["tainted" if room.tainted else "occupied" if here else "lingering"] += 1
        unsaved += room.is_dirty
        members += len(here)
        present += room.presence.size
        lagging += sum(member.lag is not None for member in here)
        window = max(window, room.window.for_edits)
    counts = rooms.counts
    yield by_label("gauge", "vitrail_rooms", "Documents in memory, by state.", "state", states)
    yield gauge("vitrail_rooms_unsaved", "Documents with edits that are not on disk.", unsaved)
    yield gauge("vitrail_members", "Documents that are open on a connection.", members)
    yield gauge("vitrail_members_lagging", "Of these, those that read too slowly.", lagging)
    yield counter("vitrail_lags_total", "Times that one began to read too slowly.", counts.lags)
    yield gauge("vitrail_presence_states", "Cursors and names that are shown.", present)
    yield counter("vitrail_presence_messages_total", "Presence messages taken in.", counts.presence)
    yield gauge("vitrail_window_seconds", "Widest window between two flushes of a room.", window)
    yield counter("vitrail_rooms_reloaded_total", "Rooms read anew after an error.", counts.reloads)


def _connections(collab: Collab) -> Iterator[Family]:
    by_dialect = {str(dialect): 0 for dialect in Dialect}
    sent = collab.rooms.counts.sent_bytes
    for connection in collab.connections:
        by_dialect[connection.dialect] += 1
        sent += connection.sent_bytes
    received = collab.rooms.counts.received_bytes
    yield by_label("gauge", "vitrail_connections", "Open sockets.", "dialect", by_dialect)
    yield counter("vitrail_received_bytes_total", "Bytes of socket messages received.", received)
    yield counter("vitrail_sent_bytes_total", "Bytes written to sockets.", sent)


def _edits(collab: Collab) -> Iterator[Family]:
    counts, log = collab.rooms.counts, collab.rooms.log
    committed = int(log.batches.total)
    yield counter(
        "vitrail_edits_accepted_total", "Edits taken in by this node.", committed + log.backlog
    )
    yield counter("vitrail_edits_committed_total", "Edits that are on disk.", committed)
    yield counter("vitrail_edits_delivered_total", "Edits sent to a member.", counts.delivered)
    yield by_label(
        "counter",
        "vitrail_updates_refused_total",
        "Updates refused by guard, role or schema, by error code.",
        "reason",
        counts.refused,
    )
    yield by_label(
        "counter",
        "vitrail_joins_refused_total",
        "Documents that were not opened to somebody, by error code.",
        "reason",
        counts.turned_away,
    )


def _log(rooms: Rooms) -> Iterator[Family]:
    log = rooms.log
    yield gauge("vitrail_log_up", "Whether the last commit succeeded.", log.healthy)
    yield gauge("vitrail_log_backlog_updates", "Updates that are not on disk.", log.backlog)
    yield gauge("vitrail_log_backlog_bytes", "Their bytes.", log.backlog_bytes)
    yield gauge(
        "vitrail_log_unacknowledged_seconds",
        "How long the oldest of them has waited for its acknowledgement.",
        log.unacknowledged_seconds,
    )
    yield histogram("vitrail_log_commit_seconds", "Time that commits took.", log.commit_seconds)
    yield histogram("vitrail_log_batch_updates", "Updates in a commit.", log.batches)
    yield counter("vitrail_log_commit_failures_total", "Commits that failed.", log.failures)
    counts = rooms.counts
    yield counter(
        "vitrail_log_gaps_total", "Times the log was read for edits that had not come.", counts.gaps
    )
    yield counter("vitrail_log_gap_updates_total", "Edits found there.", counts.repaired)


def _nodes(rooms: Rooms) -> Iterator[Family]:
    nodes, bus = rooms.nodes, rooms.nodes.bus
    yield gauge("vitrail_nodes", "Nodes that live, this one included.", len(nodes.others) + 1)
    yield gauge("vitrail_bus_shared", "Whether a bus between nodes is set.", bus.is_shared)
    yield gauge("vitrail_bus_up", "Whether messages get through; 1 without a bus.", bus.is_up)
    yield counter("vitrail_bus_published_total", "Messages sent to other nodes.", bus.published)
    yield counter("vitrail_bus_dropped_total", "Messages that were dropped.", bus.dropped)
    yield counter("vitrail_bus_received_total", "Messages of other nodes.", nodes.received)


def _loop(loop: LoopWatch) -> Iterator[Family]:
    yield histogram("vitrail_loop_delay_seconds", "How late the event loop was.", loop.delays)
    yield counter("vitrail_loop_stalls_total", "Times it was late by over 250 ms.", loop.stalls)
    yield gauge(
        "vitrail_loop_worst_seconds", "The worst of the last ten seconds.", loop.worst_seconds
    )


def _process(started_at: float) -> Iterator[Family]:
    taken = usage()
    yield counter("process_cpu_seconds_total", "Processor time spent.", taken.cpu_seconds)
    yield gauge("process_resident_memory_bytes", "Memory in use.", taken.memory_bytes)
    yield gauge("process_start_time_seconds", "When the process started.", started_at)
    if taken.open_files is not None:
        yield gauge("process_open_fds", "Open files and sockets.", taken.open_files)
    yield gauge("process_max_fds", "How many there may be.", taken.max_files)
