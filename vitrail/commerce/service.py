"""What a site sells, in one place for the doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail.commerce.choices import Choices
from vitrail.commerce.feeds import Feeds
from vitrail.commerce.groups import Categories, Collections
from vitrail.commerce.imports import Imports
from vitrail.commerce.ledger import Ledger
from vitrail.commerce.merchants import Merchants
from vitrail.commerce.orders import Orders
from vitrail.commerce.products import Products
from vitrail.commerce.reads import Reads
from vitrail.commerce.reviews import Reviews
from vitrail.commerce.stock import Stocks

if TYPE_CHECKING:
    from collections.abc import Collection

    from vitrail.commerce.ledger import Listener
    from vitrail.commerce.reviews import Bell
    from vitrail.core.clock import Clock
    from vitrail.core.database import Database


class Commerce:
    """Merchants, products, stock, reviews, groups and orders of all sites.

    Args:
        database: Where they are.
        clock: The time.
        bell: Who tells people that reviews wait.

    Attributes:
        ledger: The record of changes.
    """

    def __init__(self, database: Database, clock: Clock, bell: Bell | None = None) -> None:
        self._database = database
        self.ledger = Ledger(database, clock)
        self.merchants = Merchants(self.ledger)
        self.products = Products(self.ledger)
        self.collections = Collections(self.ledger)
        self.categories = Categories(self.ledger)
        self.stocks = Stocks(self.ledger, clock)
        self.reviews = Reviews(self.ledger, bell)
        self.orders = Orders(self.ledger)
        self.imports = Imports(self.ledger)
        self.choices = Choices(database)
        self.feeds = Feeds(database)

    def reading(self, site_ids: Collection[str], *, public_only: bool = False) -> Reads:
        """Return the reads of some sites.

        Args:
            site_ids: All sites that the caller may see; nothing of any other is found.
            public_only: Whether to see what visitors see.
        """
        return Reads(self._database, site_ids, public_only=public_only)

    def listen(self, listener: Listener) -> None:
        """Tell a listener what is changed in this process from now on, each time after commit."""
        self.ledger.listeners.append(listener)
