"""What everything with an id is."""

import strawberry
from strawberry import ID


@strawberry.interface(description="Anything that has an id: the name of its document.")
class Node:
    """See the Relay object identification specification."""

    id: ID
