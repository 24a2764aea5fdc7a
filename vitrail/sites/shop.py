"""What this room needs of what sites sell; the application hands it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection


class Shop(Protocol):
    """What visitors of sites may see of their shops, as plain values for the renderer."""

    async def answer(self, site_id: str, wants: Collection[str]) -> dict[str, list[dict[str, Any]]]:
        """Return what answers each want (see `builder.render.wants`), of active products only.

        Raises:
            InvalidInput: A text is no want.
        """
        ...

    async def heads(self, site_ids: Collection[str]) -> dict[str, int]:
        """Return the number of the last change in each site's shop; sites without one are left out."""
        ...

    async def has_news(self, site_id: str, since: int) -> bool:
        """Tell whether anything that pages show was changed after a number."""
        ...
