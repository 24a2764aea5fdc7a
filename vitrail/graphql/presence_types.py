"""Who is on a page, as GraphQL tells it."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import strawberry
from strawberry import ID

from vitrail.builder.tree import is_node_id
from vitrail.graphql.people import User


@strawberry.type(description="Somebody who has a page open.")
class Presence:
    """Somebody who has a page open."""

    user: User
    node_id: ID | None = strawberry.field(
        description="The block at which they are: in whose text, or that they have selected."
    )


def presence_of(states: Iterable[Mapping[str, Any]]) -> list[Presence]:
    """Return each person once, by name, from what their clients say of themselves.

    Who they are is the server's word; where they are is theirs, and may be anything.
    """
    found: dict[str, Presence] = {}
    for state in states:
        user = state["user"]
        known, node = found.get(user["id"]), _node_of(state)
        if known is None or known.node_id is None:
            who = User(id=ID(f"user:{user['id']}"), name=user["name"], color=user["color"])
            found[user["id"]] = Presence(user=who, node_id=ID(node) if node else None)
    return sorted(found.values(), key=lambda each: (each.user.name.casefold(), each.user.id))


def _node_of(state: Mapping[str, Any]) -> str | None:
    caret, selection = state.get("caret"), state.get("selection")
    places: list[Any] = []
    if isinstance(caret, dict):
        places.append(cast("dict[str, Any]", caret).get("node"))
    if isinstance(selection, list):
        places += cast("list[Any]", selection)[-1:]
    return next((each for each in places if isinstance(each, str) and is_node_id(each)), None)
