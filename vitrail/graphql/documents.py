"""Documents of requests: parsed and validated once, kept by their hash; trusted and persisted ones."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphql import (
    DocumentNode,
    GraphQLError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)

from vitrail.core.errors import InvalidInput, NotAllowed, NotFound, TooLarge
from vitrail.graphql.cost import MAX_DOCUMENT_BYTES, MAX_TOKENS, Weight, weigh
from vitrail.graphql.revisions import moves_with_sites

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from vitrail.graphql.trusted import Trusted

KEPT = 1_000
MAX_ERRORS = 5


class Refused(InvalidInput):
    """A document is not one of this schema.

    Attributes:
        errors: What is wrong, with places.
    """

    default_code = "graphql_invalid"

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


class NotPersisted(NotFound):
    """A hash is not known: clients send the text after it, if the answer is a success (Apollo)."""

    default_code = "PERSISTED_QUERY_NOT_FOUND"
    status = 200


@dataclass(frozen=True, slots=True)
class Known:
    """A document that was validated.

    Attributes:
        hash: SHA-256 of its text, in hexadecimal.
        document: What it says.
        moves_with_sites: Whether its answers change with the revision of a site only.
        weights: Of its operations, by their names, where no variable changes them.
    """

    hash: str
    document: DocumentNode
    moves_with_sites: bool
    weights: dict[str | None, Weight] = field(default_factory=dict[str | None, Weight])

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """Return one of its operations.

        Raises:
            InvalidInput: It has none of that name, or several and none is named.
        """
        found = get_operation_ast(self.document, name)
        if found is None:
            wanted = f"no operation named {name[:80]!r}" if name else "not exactly one operation"
            raise InvalidInput(f"the document has {wanted}", hint="send operationName")
        return found


class Documents:
    """The documents that were seen last.

    Args:
        schema: What they are validated against.
        trusted: Those that are known before they are asked.
    """

    def __init__(self, schema: GraphQLSchema, trusted: Trusted) -> None:
        self._schema = schema
        self._trusted = trusted
        self._known: OrderedDict[tuple[str, bool], Known] = OrderedDict()

    def find(
        self, text: str | None, sha256: str | None, name: str | None, *, may_introspect: bool
    ) -> Known:
        """Return a document by its text, its hash, or both, which registers it; or by its name.

        Args:
            text: What it says.
            sha256: Hash of that.
            name: The id of a trusted one.
            may_introspect: Whether it may ask for the schema.

        Raises:
            NotPersisted: The hash is not known: send the text with it.
            NotFound: No trusted document has this name.
            NotAllowed: This server takes trusted ones only.
            InvalidInput: The hash is not that of the text, or the text is not a document.
            TooLarge: It is too long.
        """
        if text is None:
            text = self._trusted.texts.get(name or sha256 or "")
            if text is not None:
                sha256 = None  # an id need not be the hash
            elif name is not None:
                raise NotFound("no trusted document has this documentId")
        if text is None:
            if sha256 is None:
                raise InvalidInput("send a query, or the hash of a persisted one")
            known = self._recall(sha256, may_introspect=may_introspect)
            if known is None:
                raise NotPersisted("PersistedQueryNotFound")
            return known
        digest = hashlib.sha256(text.encode()).hexdigest()
        if sha256 is not None and sha256 != digest:
            raise InvalidInput("the hash is not that of the query")
        if not self._trusted.takes(digest):
            raise NotAllowed(
                "this server takes trusted documents only",
                hint="add it to the file of VITRAIL_GRAPHQL_DOCUMENTS",
                code="untrusted",
            )
        return self.read(text, digest, may_introspect=may_introspect)

    def read(self, text: str, digest: str = "", *, may_introspect: bool = False) -> Known:
        """Return a document by its text, trusted or not.

        Args:
            text: What it says.
            digest: The SHA-256 of that, if it is known.
            may_introspect: Whether it may ask for the schema.

        Raises:
            InvalidInput: It is not a document of this schema.
            TooLarge: It is too long.
        """
        if len(text) > MAX_DOCUMENT_BYTES:
            raise TooLarge(f"a document has at most {MAX_DOCUMENT_BYTES} bytes")
        digest = digest or hashlib.sha256(text.encode()).hexdigest()
        known = self._recall(digest, may_introspect=may_introspect)
        if known is None:
            document = self._read(text, may_introspect=may_introspect)
            known = Known(digest, document, moves_with_sites(self._schema, document))
            self._known[digest, may_introspect] = known
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        return known

    def _recall(self, digest: str, *, may_introspect: bool) -> Known | None:
        key = digest, may_introspect
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        return None

    def _read(self, text: str, *, may_introspect: bool) -> DocumentNode:
        try:
            document = parse(text, max_tokens=MAX_TOKENS, no_location=False)
        except GraphQLError as error:
            raise Refused([error]) from error
        except RecursionError as error:
            raise TooLarge("the document is nested too deep") from error
        check_shape(self._schema, document)
        rules = [*specified_rules]
        if not may_introspect:
            rules.append(NoSchemaIntrospectionCustomRule)
        errors = validate(
            self._schema, document, rules, MAX_ERRORS, hide_suggestions=not may_introspect
        )
        if errors:
            raise Refused(errors)
        return document


def check_shape(schema: GraphQLSchema, document: DocumentNode) -> None:
    """Hold a document against the bounds that keep validation short.

    Raises:
        TooLarge: It is beyond one of them.
    """
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            weigh(schema, document, operation, {})
