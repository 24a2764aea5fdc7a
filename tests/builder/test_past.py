"""A page compared with its past, and brought back to it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings, strategies as st
from pycrdt import Doc

from vitrail.builder import executor
from vitrail.builder.commands import decode
from vitrail.builder.documents import PAGE_ROOTS, create_page, create_site, dump, read_page
from vitrail.builder.past import compare, restore
from vitrail.builder.tree import ROOT

KINDS = st.tuples(
    st.sampled_from(["insert", "remove", "move", "text", "style", "prop", "duplicate"]),
    st.integers(0, 9),
    st.integers(0, 3),
)


def copy(doc: Doc[Any]) -> Doc[Any]:
    other: Doc[Any] = Doc()
    other.apply_update(doc.get_update())
    return other


def shown(doc: Doc[Any]) -> Any:
    """Return the tree that everyone sees, with the content of its nodes."""
    page = read_page(doc)
    nodes = dump(doc, PAGE_ROOTS)["nodes"]

    def under(parent: str) -> list[Any]:
        children = page.tree.children.get(parent, [])
        return [
            (c, {k: v for k, v in nodes[c].items() if k != "pos" and v != []}, under(c))
            for c in children
        ]

    return under(ROOT), dump(doc, PAGE_ROOTS)["meta"]


def operations(doc: Doc[Any], kind: str, which: int, value: int) -> list[dict[str, Any]]:
    page = read_page(doc)
    tops = page.tree.children.get(ROOT, [])
    if kind == "insert" or not tops:
        return [{"op": "insert", "block": ("hero", "features", "footer", "contact")[value]}]
    target = {"id": tops[which % len(tops)]}
    match kind:
        case "remove" | "duplicate":
            return [{"op": kind, "target": target}]
        case "move":
            return [{"op": "move", "target": target, "at": {"at": ("start", "end")[value % 2]}}]
        case "text":
            return [{"op": "set_text", "target": target, "text": f"text {value}"}]
        case "style":
            return [{"op": "style", "target": target, "set": {"padding": f"{value}px"}}]
        case _:
            return [{"op": "update", "target": target, "set": {"hidden": bool(value % 2)}}]


def run(page: Doc[Any], site: Doc[Any], ops: list[dict[str, Any]]) -> bool:
    return executor.execute(page, site, decode(ops), executor.Context()).is_ok


@settings(max_examples=40, deadline=None)
@given(st.lists(KINDS, min_size=1, max_size=6), st.lists(KINDS, min_size=1, max_size=6))
def test_restoring_gives_the_past_and_undoing_it_the_present(before, after):
    site, page = create_site("Site"), create_page("site")
    for kind in before:
        run(page, site, operations(page, *kind))
    past = copy(page)
    for kind in after:
        run(page, site, operations(page, *kind))
    present = copy(page)
    inverses = restore(page, site, past)
    assert shown(page) == shown(past)
    assert not any(vars_of(compare(past, page)))
    assert bool(inverses) == any(vars_of(compare(past, present)))
    undone = executor.undo(page, site, inverses)
    assert not undone.kept
    assert shown(page) == shown(present)


def vars_of(found: Any) -> list[Any]:
    return [found.added, found.removed, found.changed, found.meta]


def test_a_comparison_names_what_came_went_and_changed():
    site, page = create_site("Site"), create_page("site")
    assert run(page, site, [{"op": "insert", "block": "hero"}])
    assert run(page, site, [{"op": "insert", "block": "footer"}])
    [hero, footer] = read_page(page).tree.children[ROOT]
    before = copy(page)
    assert run(page, site, [{"op": "style", "target": {"id": hero}, "set": {"padding": "9px"}}])
    assert run(page, site, [{"op": "remove", "target": {"id": footer}}])
    assert run(page, site, [{"op": "insert", "block": "contact"}])
    found = compare(before, page)
    assert [(c.id, c.properties) for c in found.changed] == [(hero, ("s:_::padding",))]
    assert footer in {c.id for c in found.removed}
    assert read_page(page).tree.children[ROOT][1] in {c.id for c in found.added}
    assert found.meta == ()


def test_what_a_colleague_writes_during_a_restoration_stays():
    site, page = create_site("Site"), create_page("site")
    assert run(page, site, [{"op": "insert", "block": "hero"}])
    past, colleague = copy(page), copy(page)
    [hero] = read_page(page).tree.children[ROOT]
    assert run(page, site, [{"op": "style", "target": {"id": hero}, "set": {"padding": "9px"}}])
    assert run(colleague, site, [{"op": "set_text", "target": {"id": hero}, "text": "Typed"}])
    restore(page, site, past)
    page.apply_update(colleague.get_update())
    colleague.apply_update(page.get_update())
    assert shown(page) == shown(colleague)
    assert "Typed" in str(shown(page))
    assert "padding': '9px'" not in str(shown(page))
    assert executor.undo(page, site, restore(page, site, past)).kept == []


def test_a_page_of_another_history_gets_the_nodes_that_it_never_had():
    site, past = create_site("Site"), create_page("site")
    assert run(past, site, [{"op": "insert", "block": "hero"}])
    page = create_page("site")
    restore(page, site, past)
    assert shown(page) == shown(past)
