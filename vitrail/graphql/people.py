"""People, as colleagues see them."""

import strawberry
from strawberry import ID

from vitrail.graphql.node import Node
from vitrail.sites.audience import Person


@strawberry.type(description="A person.")
class User(Node):
    """A person."""

    name: str
    color: str


def user_of(person: Person) -> User:
    """Return a person as the sites have them."""
    return User(id=ID(f"user:{person.id}"), name=person.name, color=person.color)
