"""Run operations on a page and its site, all or none."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pycrdt import Doc

from vitrail.builder.commands import Command, operation_name
from vitrail.builder.documents import YDoc
from vitrail.builder.journal import Inverse, Journal, Undone, undo_run
from vitrail.builder.keys import DIGITS, Random, secure_random
from vitrail.builder.operations import apply_operation
from vitrail.builder.workbench import Workbench
from vitrail.core.errors import InvalidInput, NotAllowed, NotFound, VitrailError


def random_id() -> str:
    """Return a node id: 12 random base-62 characters, 71 bits."""
    return "".join(secrets.choice(DIGITS) for _ in range(12))


@dataclass(frozen=True, slots=True)
class Context:
    """What a run knows besides the documents."""

    page_id: str = ""
    """The page that is edited."""
    locale: str | None = None
    """Language of texts that name none; the site's default when None."""
    selection: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    """What the previous run made or changed."""
    origin: object = "local"
    new_id: Callable[[], str] = random_id
    random: Random = secure_random


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did."""

    results: list[dict[str, Any]]
    inverses: list[Inverse] = field(default_factory=list[Inverse])
    """What `journal.undo` needs; JSON."""
    last: tuple[str, ...] = ()
    page_requests: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """Operations for whoever owns pages: `add_page`, `remove_page`, `undo`, and `duplicate`
    with the `nodes` to insert at the end of `to_page`. Each has its place in `results` as `at`."""

    @property
    def is_ok(self) -> bool:
        """Whether no operation failed."""
        return all(result["status"] == "ok" for result in self.results)


@dataclass(slots=True)
class _Chance:
    """Draws of a rehearsal, repeated in the performance so that both make the same ids."""

    context: Context
    ids: list[str] = field(default_factory=list[str])
    draws: list[float] = field(default_factory=list[float])

    def recording(self) -> Context:
        def new_id() -> str:
            self.ids.append(self.context.new_id())
            return self.ids[-1]

        def random() -> float:
            self.draws.append(self.context.random())
            return self.draws[-1]

        return replace(self.context, new_id=new_id, random=random)

    def replaying(self) -> Context:
        ids, draws = iter(self.ids), iter(self.draws)
        return replace(
            self.context,
            new_id=lambda: next(ids, "") or self.context.new_id(),
            random=lambda: next(draws, -1.0) % 1.0,
        )


def execute(
    page: YDoc,
    site: YDoc,
    operations: Sequence[Command],
    context: Context,
    *,
    partial: bool = False,
) -> Outcome:
    """Run operations in order.

    Several operations are rehearsed on copies first, because later ones may refer to what earlier
    ones made; the documents change only if all succeed.

    Args:
        page: The page document, of which the caller is the only writer during the call.
        site: The site document.
        operations: As `decode_operations` returns them.
        context: Language, selection and sources of chance.
        partial: Keep what succeeded when another operation fails.

    Returns:
        One result for each operation, in order. Failures are results, not exceptions.
    """
    if partial or len(operations) <= 1:
        return _perform(page, site, operations, context, partial=partial)
    chance = _Chance(context)
    rehearsal = _perform(_copy(page), _copy(site), operations, chance.recording(), partial=False)
    if not rehearsal.is_ok:
        return Outcome(rehearsal.results)
    return _perform(page, site, operations, chance.replaying(), partial=False)


def _copy(doc: YDoc) -> YDoc:
    copy: YDoc = Doc()
    copy.apply_update(doc.get_update())
    return copy


def _perform(
    page: YDoc,
    site: YDoc,
    operations: Sequence[Command],
    context: Context,
    *,
    partial: bool,
) -> Outcome:
    bench = Workbench(
        page=page,
        site=site,
        journal=Journal(page, site, context.origin),
        locale=context.locale,
        selection=context.selection,
        last=list(context.last),
        new_id=context.new_id,
        random=context.random,
    )
    results: list[dict[str, Any]] = []
    failed = False
    for place, operation in enumerate(operations):
        name = operation_name(operation)
        if failed and not partial:
            results.append({"op": name, "status": "skipped"})
            continue
        try:
            bench.place = place
            created = apply_operation(bench, operation)
            result: dict[str, Any] = {"op": name, "status": "ok"}
            if created:
                result["created"] = created
        except VitrailError as error:
            failed = True
            result = {"op": name, "status": "error", "error": describe_error(error)}
        results.append(result)
    if failed and not partial:
        results = [
            {"op": result["op"], "status": "skipped"} if result["status"] == "ok" else result
            for result in results
        ]
    return Outcome(results, bench.journal.inverses(), tuple(bench.last), bench.requests)


def describe_error(error: VitrailError) -> dict[str, str]:
    """Write an error as the `error` of a result."""
    match error:
        case NotFound():
            code = "not_found"
        case NotAllowed():
            code = "not_allowed"
        case InvalidInput():
            code = "invalid"
        case _:
            code = "failed"
    described = {"code": code, "message": str(error)}
    hint = getattr(error, "hint", None)
    return described | {"hint": hint} if hint else described


def undo(page: YDoc, site: YDoc, inverses: Sequence[Inverse], *, origin: object = "undo") -> Undone:
    """Put back what a run replaced, key by key, but for keys changed since.

    Args:
        page: The page document of the run.
        site: The site document of the run.
        inverses: As `Outcome.inverses` holds them, possibly after a trip through JSON.
        origin: Origin of the transactions.
    """
    return undo_run(page, site, inverses, origin=origin)
