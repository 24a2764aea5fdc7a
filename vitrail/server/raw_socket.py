"""WebSockets without ASGI: messages come in as plain calls, ready frames go out on the transport.

uvicorn does the handshake and runs the application as ever. An endpoint that accepts a socket may
then take its line over (the scope's extension `RAW_LINE`), and its coroutine ends.

Whole unfragmented binary frames, which is what clients of ours send, are read here; every other frame
goes, whole, through the `websockets` library's own protocol, so that it is held to the same rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typing_extensions import override
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import Protocol, Side
from websockets.speedups import apply_mask

from vitrail.collab.line import (
    HIGH_WATER_BYTES,
    LOW_WATER_BYTES,
    MAX_BUFFERED_BYTES,
    MAX_FULL_SECONDS,
    RAW_LINE,
    close_reason,
)

if TYPE_CHECKING:
    from asyncio import TimerHandle

    from websockets.http11 import Request

    from vitrail.collab.line import Batch, Receiver
    from vitrail.server.intake import Intake

CLOSE_SECONDS = 10.0
PING = b"\x89\x00"
MAX_CONTROL_BYTES = 125
OPENING_READS = 4  # who one is, what one has, what one lacks; one more, as these may come in pieces
BINARY, PONG, CLOSE_FRAME = 0x82, 0x8A, 0x88


def _header(data: bytes, at: int) -> tuple[int, int, bool] | None:
    """Return where a frame's payload starts, its size, and whether it is masked; None if cut off.

    Format: RFC 6455, 5.2.
    """
    start = at + 2
    if start > len(data):
        return None
    size = data[at + 1]
    is_masked = size > 127
    size &= 127
    if size > MAX_CONTROL_BYTES:
        wide = 2 if size == 126 else 8
        start += wide
        if start > len(data):
            return None
        size = int.from_bytes(data[start - wide : start], "big")
    return start + 4 if is_masked else start, size, is_masked


class TransportLine:
    """A `Line` that writes to its transport itself."""

    __slots__ = ("_socket", "_write", "is_closed", "is_full", "sent_bytes")

    def __init__(self, socket: RawSocketProtocol) -> None:
        self.is_full = self.is_closed = False
        self.sent_bytes = 0
        self._socket = socket
        self._write = socket.transport.write

    def take_over(self, receiver: Receiver) -> None:
        """Give all that comes to a receiver, from now on."""
        self._socket.take_over(self, receiver)

    def send(self, batch: Batch) -> None:
        """Send messages, in one write."""
        frames = batch.frames or batch.frame()
        if self.is_closed or not frames:
            return
        self.sent_bytes += len(frames)
        self._write(frames)
        if self.is_full:
            self._socket.check_buffer()

    def tell(self, frames: bytes) -> bool:
        """Write ready frames past ASGI, which goes on; False if the reader does not keep up."""
        return self._socket.tell(frames)

    def pause(self) -> None:
        """Read no more for now."""
        self._socket.pause()

    def resume(self) -> None:
        """Read on."""
        self._socket.resume()

    def close(self, code: int, reason: str) -> None:
        """Close once what is queued was sent."""
        self._socket.close(code, reason)


class RawSocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol class with a way out of ASGI."""

    def __init__(self, *args: Any, intake: Intake | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = intake  # until it is used
        self._openings_left = OPENING_READS
        self._intake: Intake | None = None  # None: the transport reads by itself
        self._line: TransportLine | None = None
        self._receiver: Receiver | None = None
        self._spoke_early = False
        self._held = b""  # the beginning of a frame that has not arrived whole
        self._strict: Protocol | None = None  # in the middle of a fragmented message
        self._pieces: list[bytes] = []
        self._is_text = False
        self._was_heard = True
        self._is_deaf = False
        self._timer: TimerHandle | None = None
        self._full_timer: TimerHandle | None = None

    # ---- the way out ----------------------------------------------------------------------

    @override
    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            self.scope["extensions"][RAW_LINE] = TransportLine(self)  # type: ignore[literal-required]

    def take_over(self, line: TransportLine, receiver: Receiver) -> None:
        """Go on without ASGI."""
        self._line, self._receiver = line, receiver
        self.stop_keepalive()
        self.transport.set_write_buffer_limits(HIGH_WATER_BYTES, LOW_WATER_BYTES)
        if self._spoke_early:
            self._fail(1002, "frames came before the handshake was over")
            return
        if self.transport.get_extra_info("sslcontext") is not None:
            self._offered = None
        self._schedule_ping()

    def pause(self) -> None:
        """Read no more for now."""
        if self._intake is not None:
            self._intake.pause(self)
        elif not self.transport.is_closing():
            self.transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        if self._intake is not None:
            self._intake.resume(self)
        elif not self.transport.is_closing():
            self.transport.resume_reading()

    @override
    async def run_asgi(self) -> None:
        try:
            await self.app(self.scope, self.receive, self.send)  # type: ignore[arg-type]
        except ClientDisconnected:
            pass
        except BaseException:
            self.logger.exception("Exception in ASGI application\n")
            self.send_500_response()
        if self._receiver is not None:
            # What only the handshake needed: a connection may be open for days.
            del self.scope, self.request, self.response, self.conn
            return
        if not self.handshake_complete:
            self.send_500_response()
        if self.close_timer is None:
            self.transport.close()

    # ---- reading --------------------------------------------------------------------------

    @override
    def data_received(self, data: bytes) -> None:
        receiver = self._receiver
        if receiver is None:
            self._spoke_early = self._spoke_early or self.handshake_initiated
            super().data_received(data)
        elif not self._is_deaf:
            self._read(data, receiver)

    def _read(self, data: bytes, receiver: Receiver) -> None:
        self._was_heard = True
        if self._offered is not None:
            self._count_opening(self._offered)
        if self._held:
            data = self._held + data
        at, end = 0, len(data)
        while (found := _header(data, at)) is not None:
            start, size, is_masked = found
            if not is_masked or size > self.config.ws_max_size:
                if not self.close_sent:
                    self._read_strictly(data[at:])  # which refuses it by its header
                return
            if start + size > end:
                break
            frame_at, at = at, start + size
            head = data[frame_at]
            if head == BINARY and self._strict is None and not self.close_sent:
                receiver.receive(apply_mask(data[start:at], data[start - 4 : start]))
            elif self.close_sent:
                if head & 15 == Opcode.CLOSE:
                    self.transport.close()
            elif head != PONG or size > MAX_CONTROL_BYTES:
                self._read_strictly(data[frame_at:at])
        self._held = data[at:] if at < end else b""

    def _count_opening(self, intake: Intake) -> None:
        """Read together with the others, once a document was opened: nobody shall wait for that."""
        self._openings_left -= 1
        if not self._openings_left and not self.transport.is_closing():
            self._intake, self._offered = intake, None
            intake.add(self)

    def _read_strictly(self, data: bytes) -> None:
        """Read whole frames, or the beginning of a bad one, by the library's rules."""
        strict = self._strict or Protocol(
            Side.SERVER, max_size=self.config.ws_max_size, logger=self.logger
        )
        strict.receive_data(data)
        out = b"".join(strict.data_to_send())
        if out:
            self.transport.write(out)
        if strict.parser_exc is not None:
            self._stop_hearing()
            return
        if strict.close_rcvd is not None:
            self._end()
            return
        for event in strict.events_received():
            if isinstance(event, Frame) and event.opcode in {
                Opcode.TEXT,
                Opcode.BINARY,
                Opcode.CONT,
            }:
                self._gather(event)
        self._strict = None if strict.current_size is None else strict

    def _gather(self, piece: Frame) -> None:
        if piece.opcode is not Opcode.CONT:
            self._is_text = piece.opcode is Opcode.TEXT
        self._pieces.append(bytes(piece.data))
        if not piece.fin or self._receiver is None:
            return
        message, self._pieces = b"".join(self._pieces), []
        if not self._is_text:
            self._receiver.receive(message)
            return
        try:
            message.decode()
        except UnicodeDecodeError:
            self._say_goodbye(1007, "text is not UTF-8")
            self._stop_hearing()
        else:
            self._receiver.receive(None)

    # ---- writing --------------------------------------------------------------------------

    @override
    def pause_writing(self) -> None:
        super().pause_writing()
        if self._line is not None:
            self._line.is_full = True
            self._full_timer = self.loop.call_later(MAX_FULL_SECONDS, self._give_up)

    @override
    def resume_writing(self) -> None:
        super().resume_writing()
        if self._line is not None and self._receiver is not None:
            self._line.is_full = False
            if self._full_timer is not None:
                self._full_timer.cancel()
            self._receiver.drained()

    def tell(self, frames: bytes) -> bool:
        """Write ready frames, unless the reader does not keep up."""
        if self.close_sent or self.transport.is_closing():
            return True  # it is over: ASGI will say so
        if self.transport.get_write_buffer_size() > HIGH_WATER_BYTES:
            return False
        self.transport.write(frames)
        return True

    def check_buffer(self) -> None:
        """Give a full line up that is sent more and more."""
        if self.transport.get_write_buffer_size() > MAX_BUFFERED_BYTES:
            self._give_up()

    def _give_up(self) -> None:
        """Cut a line whose reader does not read: what it was to get is dropped."""
        self.transport.abort()
        self._lost()

    # ---- the end --------------------------------------------------------------------------

    def close(self, code: int, reason: str) -> None:
        """Close once what is queued was sent."""
        if self.close_sent or self.transport.is_closing():
            return
        self._say_goodbye(code, reason)
        self.resume()
        self.close_timer = self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    def _fail(self, code: int, reason: str) -> None:
        self._say_goodbye(code, reason)
        self._end()

    def _say_goodbye(self, code: int, reason: str) -> None:
        self.close_sent = True
        body = Close(code, close_reason(reason)).serialize()
        self.transport.write(bytes((CLOSE_FRAME, len(body))) + body)
        if self._line is not None:
            self._line.is_closed = True

    def _stop_hearing(self) -> None:
        """Say no more, and drop what still comes until they have gone.

        To close with something unread makes the kernel reset the connection: they would not get to read why.
        """
        self.close_sent = self._is_deaf = True
        self.resume()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.close_timer = self.loop.call_later(CLOSE_SECONDS, self.transport.abort)
        self._lost()

    def _end(self) -> None:
        self.close_sent = True
        self.transport.close()
        self._lost()

    def _lost(self) -> None:
        if self._line is not None and self._receiver is not None:
            self._line.is_closed = True
            self._receiver.lost()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._timer, self._full_timer):
            if timer is not None:
                timer.cancel()
        if self._intake is not None:
            self._intake.remove(self)
        super().connection_lost(exc)
        self._lost()

    @override
    def shutdown(self) -> None:
        if self._receiver is None:
            super().shutdown()
        elif not self.close_sent:
            self._fail(1012, "the server restarts")
        else:
            self.transport.close()

    # ---- keeping alive --------------------------------------------------------------------

    def _schedule_ping(self) -> None:
        if self.ping_interval:
            self._timer = self.loop.call_later(self.ping_interval, self._ping)

    def _ping(self) -> None:
        """Ask whether somebody is there; whoever said nothing since the last time is not."""
        if self.close_sent or self.transport.is_closing():
            return
        if not self._was_heard:
            self._fail(1011, "keepalive ping timeout")
            return
        self._was_heard = False
        self.transport.write(PING)
        self._schedule_ping()
