"""The one error tree.

VitrailError
├── InvalidInput      the request is malformed or breaks a rule of the data     400
│   ├── WrongMethod   the address takes other methods                           405
│   └── TooLarge      it is beyond a limit                                      413
├── NotSignedIn       nobody is known to be asking                              401
├── NotAllowed        somebody is, and may not                                  403
├── NotFound          no such thing, or none that the asker may know of         404
├── Conflict          it clashes with what is there                             409
├── Locked            it was set apart and opens to nobody for now              423
├── Overloaded        too much at once: wait and try again                      429
└── Unavailable       a part that is needed does not answer                     503

A message says what was wrong and what was expected, in lower case; a hint says what to do.
Only these texts leave the process: any other exception is answered with a request id.
"""

from __future__ import annotations

from typing import ClassVar


class VitrailError(Exception):
    """Base of every error that is meant for the one who asked.

    Args:
        message: What was wrong and what was expected.
        hint: What to do about it.
        code: A name for programs, when the class's own is too coarse.
        after: How many seconds to wait before another try, where that is known.

    Attributes:
        headers: What the head of an answer over HTTP says of it.
    """

    default_code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    close_code: ClassVar[int] = 1011

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        code: str | None = None,
        after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or self.default_code
        self.after = after
        self.headers = {} if after is None else {"Retry-After": str(after)}


class InvalidInput(VitrailError):  # noqa: N818 - named for what is wrong, as in the tree above
    """The request is malformed or breaks a rule of the data."""

    default_code = "invalid_input"
    status = 400
    close_code = 4400


class WrongMethod(InvalidInput):
    """The address takes other methods."""

    default_code = "method"
    status = 405


class TooLarge(InvalidInput):
    """The request is beyond a limit."""

    default_code = "too_large"
    status = 413
    close_code = 4413


class NotSignedIn(VitrailError):  # noqa: N818
    """Nobody is known to be asking."""

    default_code = "not_signed_in"
    status = 401
    close_code = 4401


class NotAllowed(VitrailError):  # noqa: N818
    """The asker is known and may not do this."""

    default_code = "not_allowed"
    status = 403
    close_code = 4403


class NotFound(VitrailError):  # noqa: N818
    """There is no such thing, or none that the asker may know of."""

    default_code = "not_found"
    status = 404
    close_code = 4404


class Conflict(VitrailError):  # noqa: N818
    """The request clashes with what is there."""

    default_code = "conflict"
    status = 409
    close_code = 4409


class Locked(VitrailError):  # noqa: N818
    """The thing was set apart and opens to nobody for now."""

    default_code = "locked"
    status = 423
    close_code = 4423


class Overloaded(VitrailError):  # noqa: N818
    """Too much at once: wait and try again."""

    default_code = "too_many_requests"
    status = 429
    close_code = 4429


class Unavailable(VitrailError):  # noqa: N818
    """A part that is needed does not answer."""

    default_code = "unavailable"
    status = 503
    close_code = 1013
