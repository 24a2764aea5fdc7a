"""Answers that have not changed: an ETag made of the revisions of the sites that an answer is about.

Who sends back the ETag of an answer that would still be the same is told so without it being made
anew. Only answers all of whose parts move with the revision of a site have one.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from graphql import TypeInfo, TypeInfoVisitor, Visitor, is_composite_type, visit

from vitrail.graphql.batching import type_of

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping

    from graphql import DocumentNode, FieldNode, GraphQLSchema

    from vitrail.core.access import Actor
    from vitrail.graphql.asked import Asked
    from vitrail.graphql.context import House

LOOK_SECONDS = 0.5  # as long as changes of other nodes and of open editors may take to be seen
KEPT = 10_000
ROOTS = frozenset({"site", "page", "product", "products", "sync"})
TYPES = frozenset({
    "Query", "PageInfo", "SyncPage", "Node",
    "Site", "Page", "PageConnection", "PageEdge", "Block",
    "Image", "ImageConnection", "ImageEdge",
    "Product", "ProductConnection", "ProductEdge", "ProductOption", "Variant", "Price", "Stock",
    "Merchant", "Review", "ReviewConnection", "ReviewEdge", "Collection",
})  # fmt: skip


def moves_with_sites(schema: GraphQLSchema, document: DocumentNode) -> bool:
    """Tell whether all that a document asks for changes with the revision of a site only."""
    types = TypeInfo(schema)
    found = _Found(types)
    visit(document, TypeInfoVisitor(types, found))
    return not found.others


class _Found(Visitor):
    """Looks for what moves by itself."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self._types = types
        self.others = False

    def enter_field(self, node: FieldNode, *_: object) -> None:
        of, field = self._types.get_parent_type(), self._types.get_field_def()
        if of is None or field is None:
            return  # __typename
        kind = type_of(field)
        if of.name == "Query":
            self.others |= node.name.value not in ROOTS
        if is_composite_type(kind):
            self.others |= kind.name not in TYPES


@dataclass(frozen=True, slots=True)
class Question:
    """A request whose answer may have an ETag.

    Attributes:
        key: The request and who asks.
        revisions: Of the sites that they may read, by site.
    """

    key: bytes
    revisions: Mapping[str, str]

    def tag(self, sites: Collection[str]) -> str:
        """Return the ETag of an answer about some sites."""
        digest = hashlib.sha256(self.key)
        for site in sorted(sites):
            digest.update(f"{site}/{self.revisions.get(site)}".encode())
        return f'"{digest.hexdigest()[:32]}"'


class Revisions:
    """The ETags of this process."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: OrderedDict[str, tuple[float, Mapping[str, str]]] = OrderedDict()
        self._sites: OrderedDict[bytes, frozenset[str]] = OrderedDict()

    async def question(self, asked: Asked, document: str, actor: Actor) -> Question:
        """Return a request with the revisions of this moment: before its answer is made.

        Args:
            asked: The request.
            document: The hash of its document.
            actor: Who asks.
        """
        who = repr((actor.user_id, sorted(actor.roles.items()), sorted(actor.scopes or ())))
        parts = (document, asked.operationName, asked.variables, who)
        return Question(hashlib.sha256(msgspec.json.encode(parts)).digest(), await self._of(actor))

    def unchanged(self, question: Question, tags: str) -> str | None:
        """Return the ETag of what the asker has, if it is still the answer.

        Args:
            question: The request.
            tags: The header `If-None-Match`.
        """
        sites = self._sites.get(question.key)
        if sites is None:
            return None
        tag = question.tag(sites)
        return tag if tag in tags else None

    def answered(self, question: Question, sites: Collection[str]) -> str:
        """Remember which sites an answer was about; return its ETag."""
        _keep(self._sites, question.key, frozenset(sites))
        return question.tag(sites)

    def forget(self) -> None:
        """Look anew: something was changed here."""
        self._known.clear()

    async def _of(self, actor: Actor) -> Mapping[str, str]:
        now = self._house.clock.monotonic()
        key = f"{actor.user_id}/{actor.secret_id}"
        at, known = self._known.get(key, (0.0, None))
        if known is not None and now - at < LOOK_SECONDS:
            return known
        sites = await self._house.catalogue.revisions(actor)
        heads = await self._house.commerce.ledger.heads(sites)
        found = {site: f"{revision}/{heads.get(site, 0)}" for site, revision in sites.items()}
        _keep(self._known, key, (now, found))
        return found


def _keep(kept: OrderedDict[Any, Any], key: Hashable, value: Any) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > KEPT:
        kept.popitem(last=False)
