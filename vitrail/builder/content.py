"""Operations on what nodes hold: texts, properties, styles."""

from typing import Any, Final

from vitrail.builder.commands import SetText, Style, Update
from vitrail.builder.documents import Page, read_page
from vitrail.builder.fragments import check_attribute, check_prop, check_style
from vitrail.builder.primitives import fold, primitives
from vitrail.builder.targets import in_order
from vitrail.builder.workbench import Workbench
from vitrail.core.errors import InvalidInput, NotFound

_ATTRIBUTES: Final = frozenset({"name", "tag", "anchor", "hidden", "lock"})


def _field_target(page: Page, target: str, name: str) -> tuple[str, str | None]:
    """Return the node that a field names and its property, None for its text."""
    inside = [target, *in_order(page, target)]
    for identifier in inside:
        if name in primitives()[page.nodes[identifier].type].props:
            return identifier, name
    for identifier in inside:
        node = page.nodes[identifier]
        if fold(node.name or "") == fold(name) and primitives()[node.type].has_text:
            return identifier, None
    raise NotFound(f"nothing here has a field {name!r}")


def set_text(bench: Workbench, operation: SetText) -> list[str]:
    """Change texts by the smallest difference."""
    page = read_page(bench.page)
    locale = bench.language(operation.locale)
    targets = bench.resolve(page, operation.target)
    writes: list[tuple[str, str | None]] = []
    for target in targets:
        if operation.field is not None:
            writes.append(_field_target(page, target, operation.field))
            continue
        candidates = [target, *in_order(page, target)]
        with_text = [at for at in candidates if primitives()[page.nodes[at].type].has_text]
        if not with_text:
            raise NotFound(f"{page.nodes[target].type} has no text", hint="name a field instead")
        writes.append((with_text[0], None))
    for identifier, prop in writes:
        if prop is None:
            bench.journal.edit_text(["nodes", identifier, f"text@{locale}"], operation.text)
        else:
            key = _prop_key(page.nodes[identifier].type, prop, locale)
            check_prop(page.nodes[identifier].type, key, operation.text)
            bench.journal.set("page", ["nodes", identifier, f"p:{key}"], operation.text)
    bench.last = targets
    return []


def _prop_key(kind: str, name: str, locale: str) -> str:
    if "@" in name:
        return name
    prop = primitives()[kind].props.get(name)
    return f"{name}@{locale}" if prop is not None and prop.localised else name


def update(bench: Workbench, operation: Update) -> list[str]:
    """Set properties and attributes."""
    page = read_page(bench.page)
    locale = bench.language(operation.locale)
    targets = bench.resolve(page, operation.target)
    writes: list[tuple[list[str], Any]] = []
    for identifier in targets:
        kind = page.nodes[identifier].type
        for name, value in operation.set.items():
            if name in _ATTRIBUTES:
                if value is not None:
                    check_attribute(kind, name, value)
                writes.append((["nodes", identifier, name], value))
                continue
            key = _prop_key(kind, name, locale)
            if value is not None:
                check_prop(kind, key, value)
            elif name.partition("@")[0] not in primitives()[kind].props:
                raise InvalidInput(f"{kind} has no property {name!r}")
            writes.append((["nodes", identifier, f"p:{key}"], value))
    for path, value in writes:
        bench.journal.set("page", path, value)
    bench.last = targets
    return []


def style(bench: Workbench, operation: Style) -> list[str]:
    """Set styles of one breakpoint and state."""
    page = read_page(bench.page)
    targets = bench.resolve(page, operation.target)
    prefix = f"{operation.breakpoint}:{operation.state}:"
    writes: list[tuple[str, str | None]] = []
    for name, value in operation.set.items():
        # The value "0" only lets the key be checked when the style is to be removed.
        key, checked = check_style(prefix + name, "0" if value is None else value)
        writes.append((key, None if value is None else checked))
    for identifier in targets:
        for key, value in writes:
            bench.journal.set("page", ["nodes", identifier, f"s:{key}"], value)
    bench.last = targets
    return []
