"""Mutations that may be sent twice: those with the same `clientMutationId` make one thing.

Of the same person, mutation and key, the first makes the thing; whoever asks again with the same arguments
is told of it as it is then. A key is good for a day (`core.idempotency`), and a mutation that made nothing
gives it back. What is stored is an id, never a secret: of what is shown once, the second answer is an error
with the code `made_already` that names what was made.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import wraps
from typing import TYPE_CHECKING, Any

import msgspec
from strawberry.types.fields.resolver import Parameter, Signature  # whose defaults may be lists

from vitrail.core.errors import Conflict, NotFound
from vitrail.core.idempotency import Request
from vitrail.graphql.errors import attempt
from vitrail.graphql.ids import split_id
from vitrail.graphql.site_queries import FINDERS, find_node

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from vitrail.graphql.context import Context
    from vitrail.graphql.errors import UserError
    from vitrail.graphql.node import Node

    Resolver = Callable[..., Awaitable[Any]]

ARGUMENT = Parameter(
    "client_mutation_id", Parameter.KEYWORD_ONLY, default=None, annotation=str | None
)


def once(resolver: Resolver) -> Resolver:
    """Give a mutation the argument `clientMutationId`; what it makes and its key are stored together, or neither.

    Its payload has first what was made, then perhaps what is shown once, and `errors`. All that the resolver
    does is one transaction, and two requests at the same time come one after the other. So it must not
    change a live document, whose log is another transaction: see `once_live`.
    """
    return _once(resolver, is_whole=True)


def once_live(resolver: Resolver) -> Resolver:
    """Give a mutation that changes a live document the argument `clientMutationId`.

    The key is taken before it begins, and what it made is noted when it has ended. Who asks in between is
    told so, with the code `idempotency_pending`. When the server dies in between, everybody is until the key
    is forgotten: whether the thing was made must be looked up.
    """
    return _once(resolver, is_whole=False)


def _once(resolver: Resolver, *, is_whole: bool) -> Resolver:
    own = Signature.from_callable(resolver)

    @wraps(resolver)
    async def resolve(
        self: Any, *, info: Any, client_mutation_id: str | None = None, **arguments: Any
    ) -> Any:
        context: Context = info.context
        user_id = context.actor.user_id
        if client_mutation_id is None or user_id is None:  # nobody may make anything
            return await resolver(self, info=info, **arguments)
        request = Request(user_id, info.field_name, client_mutation_id, _digest(arguments))
        keys = context.house.idempotency

        async def answer() -> Any:
            async with (keys.together if is_whole else keys.apart)(request) as made:
                if made is None:
                    payload = await resolver(self, info=info, **arguments)
                    await keys.end(request, None if payload.errors else _id(payload))
                    return payload
            found = await _find(context, made)
            return _payload(own.return_annotation, found)

        payload, errors = await attempt(answer())
        return payload or _payload(own.return_annotation, None, errors)

    signature = own.replace(parameters=[*own.parameters.values(), ARGUMENT])
    resolve.__signature__ = signature  # pyright: ignore[reportAttributeAccessIssue]  - PEP 362
    return resolve


def _digest(arguments: dict[str, Any]) -> str:
    """Return the hash of what was asked; what is left out is not null."""
    told = msgspec.json.encode(arguments, enc_hook=lambda _: {"unset": True}, order="sorted")
    return hashlib.sha256(told).hexdigest()


def _id(payload: Any) -> str:
    """Return the id of what was made."""
    made = getattr(payload, fields(payload)[0].name)
    return str(getattr(made, "id", made))


async def _find(context: Context, made: str) -> Node:
    """Return what was made before.

    Raises:
        Conflict: It was shown once.
        NotFound: It is not there any more, or the asker may not know of it.
    """
    if split_id(made)[0] not in FINDERS:
        raise Conflict(
            f"this has made {made} already",
            code="made_already",
            hint="what is secret of it was shown once: if you have it not, make another with another key",
        )
    found = await find_node(context, made)
    if found is None:
        raise NotFound(f"this has made {made}, which is not there any more")
    return found


def _payload(of: type, made: Any, errors: Sequence[UserError] = ()) -> Any:
    first, *others = (field.name for field in fields(of))
    return of(**{**dict.fromkeys(others), first: made, "errors": list(errors)})
