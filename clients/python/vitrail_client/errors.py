"""What may go wrong.

ClientError
├── Unreachable     the server could not be reached, or what it said is no answer
├── RequestFailed   it refused a request, or could not answer all of it
└── Refused         a mutation did nothing, and says why
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence


class ClientError(Exception):
    """Base of every error of this client.

    Attributes:
        code: What programs go by: `not_signed_in`, `not_allowed`, `not_found`, `too_many_requests`, …
        hint: What to do about it, if anybody knows.
    """

    code: str = "unknown"
    hint: str | None = None


class Unreachable(ClientError):  # noqa: N818 - named for what is wrong, as in the tree above
    """The server could not be reached, or what it said is no answer."""

    code = "unreachable"


class Extensions(msgspec.Struct, frozen=True):
    """What programs are told of an error."""

    code: str = "unknown"
    hint: str | None = None
    trace: str | None = None


class AnswerError(msgspec.Struct, frozen=True):
    """One error of an answer, as GraphQL writes it."""

    message: str
    path: list[str | int] = []
    extensions: Extensions = Extensions()


class Reason(msgspec.Struct, frozen=True):
    """Why a mutation did nothing."""

    code: str
    message: str
    hint: str | None = None
    path: list[str] = []


class RequestFailed(ClientError):  # noqa: N818
    """The server refused a request, or could not answer all of it.

    Attributes:
        errors: All that it said.
        status: HTTP status; 0 of an operation on a socket.
        data: What could be answered, as JSON has it.
        retry_after: In how many seconds it may be tried again, if the server says so.
    """

    def __init__(
        self,
        errors: Sequence[AnswerError],
        status: int = 0,
        data: Any = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(errors[0].message if errors else f"the server answered {status}")
        self.errors = errors
        self.status = status
        self.data = data
        self.retry_after = retry_after
        if errors:
            self.code, self.hint = errors[0].extensions.code, errors[0].extensions.hint


class Refused(ClientError):  # noqa: N818
    """A mutation did nothing, and its answer says why.

    Attributes:
        errors: The reasons.
    """

    def __init__(self, errors: Sequence[Reason]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors
        self.code, self.hint = errors[0].code, errors[0].hint
