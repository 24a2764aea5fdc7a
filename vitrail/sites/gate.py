"""Who may open which document: the documents of sites, and free ones for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail.collab.ports import Admission, Scope
from vitrail.core.access import Action, Actor, Subject, allowed, authorize
from vitrail.core.errors import NotFound
from vitrail.core.ids import is_id

if TYPE_CHECKING:
    from vitrail.core.identity import Identity
    from vitrail.sites.catalogue import Catalogue
    from vitrail.sites.free_documents import FreeDocuments

MAX_FREE_NAME = 60


class SitesGate:
    """Admits actors to documents by their role on the site that owns them."""

    def __init__(
        self, catalogue: Catalogue, free_documents: FreeDocuments, identity: Identity
    ) -> None:
        self._catalogue = catalogue
        self._free_documents = free_documents
        self._identity = identity

    async def admit(self, actor: Actor, name: str) -> Admission:
        """Return what an actor may do to a document.

        Raises:
            NotFound: There is no such document, or none that they may know of.
            NotAllowed: Their role does not let them open it.
        """
        kind, _, key = name.partition(":")
        if kind == "doc":
            return await self._admit_free(actor, key)
        if not is_id(key) or kind not in {"site", "page"}:
            raise NotFound(f"there is no document {name[:80]!r}")
        if kind == "site":
            subject = await self._catalogue.subject(key)
        else:
            subject = await self._catalogue.subject_of_page(key)
        authorize(actor, Action.PAGE_READ, subject)
        return Admission(self._scope(actor, subject), create=False)

    @staticmethod
    def _scope(actor: Actor, subject: Subject) -> Scope:
        if allowed(actor, Action.PAGE_EDIT, subject):
            return Scope.WRITE
        return Scope.CONTENT if allowed(actor, Action.PAGE_WRITE, subject) else Scope.READ

    async def _admit_free(self, actor: Actor, key: str) -> Admission:
        plain = key.replace("-", "").replace("_", "").replace(".", "")
        if not 0 < len(key) <= MAX_FREE_NAME or not plain.isalnum() or not plain.isascii():
            raise NotFound("a free document's name has 1 to 60 letters, digits, - _ and .")
        owner = await self._free_documents.owner(key)
        if owner is None:
            organisation = actor.organisation_id
            if organisation is None:
                raise NotFound("there is no such document")
            authorize(actor, Action.DOC_CREATE, Subject(organisation, label="document"))
            owner = await self._free_documents.claim(key, organisation)
        authorize(actor, Action.DOC_USE, Subject(owner or "", label="document"))
        return Admission(Scope.WRITE, create=True)  # claimed, perhaps not made yet

    async def refresh(self, actor: Actor) -> Actor:
        """Read an actor's roles anew.

        Raises:
            NotSignedIn: The session or the account has ended.
        """
        return await self._identity.refresh(actor)
