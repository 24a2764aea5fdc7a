"""What the sources tell people of errors: every message and hint, as a template.

A template is a text with `{0}`, `{1}`, … where values go, in order; `!r` is read as quotes. Texts are found where they are
given to a class of the error tree, as constants, f-strings, alternatives, names of those, or arguments that are passed on.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "vitrail"
MODEL = SOURCES / "web/src/model"
DEEPEST = 4  # names of names
VALUE = re.compile(r"\{\d+\}")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Module:
    """A source file, with what names in it stand for."""

    path: str
    tree: ast.Module
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        while node in self.parents:
            node = self.parents[node]
            yield node

    def function(self, node: ast.AST) -> Function | None:
        return next((n for n in self.above(node) if isinstance(n, Function)), None)


@dataclass
class Found:
    """Texts, and the expressions that are not known before they run."""

    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    dynamic: set[tuple[str, str]] = field(default_factory=set)


@cache
def modules() -> dict[str, Module]:
    files = sorted(path for path in SOURCES.rglob("*.py") if "node_modules" not in path.parts)
    names = [str(path.relative_to(ROOT)) for path in files]
    return {
        name: Module(name, ast.parse(path.read_text("utf-8")))
        for name, path in zip(names, files, strict=True)
    }


def _name(node: ast.AST) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))


@cache
def error_classes() -> dict[str, ast.ClassDef]:
    """Return the classes of the tree and all below it, wherever they are."""
    every = [n for m in modules().values() for n in ast.walk(m.tree) if isinstance(n, ast.ClassDef)]
    found = {n.name: n for n in every if n.name == "VitrailError"}
    while more := {
        n.name: n for n in every if n.name not in found and any(_name(b) in found for b in n.bases)
    }:
        found |= more
    return found


def _makes_its_message(name: str) -> bool:
    """Whether a class is made from values, and passes its own message on."""
    if name == "VitrailError":
        return False
    body = error_classes()[name].body
    return any(getattr(n, "name", "") == "__init__" for n in body)


def calls() -> Iterator[tuple[Module, ast.Call]]:
    """Return each call that gives a message to an error."""
    for module in modules().values():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call):
                continue
            name = _name(node.func)
            if name in error_classes() and not _makes_its_message(name):
                yield module, node
            elif ast.unparse(node.func) == "super().__init__":
                owner = next((n for n in module.above(node) if isinstance(n, ast.ClassDef)), None)
                if owner is None or owner.name == "VitrailError":
                    continue
                if error_classes().get(owner.name) is owner:
                    yield module, node


class Reader:
    """Reads what an expression says, as templates."""

    def __init__(self, found: Found) -> None:
        self.found = found

    def read(self, module: Module, node: ast.expr, depth: int = 0) -> list[str]:
        """Return the templates that an expression may come to; what cannot be told is noted."""
        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.Constant(value=None):
                return []
            case ast.JoinedStr():
                return [self._template(module, node, depth)]
            case ast.IfExp():
                return self.read(module, node.body, depth) + self.read(module, node.orelse, depth)
            case ast.Name() if depth < DEEPEST and (given := self._meanings(module, node)):
                return [
                    text for where, value in given for text in self.read(where, value, depth + 1)
                ]
            case _:
                self.found.dynamic.add((module.path, ast.unparse(node)))
                return []

    def _template(self, module: Module, node: ast.JoinedStr, depth: int) -> str:
        text, count = "", 0
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                mark = f"{{{count}}}"
                text += f"'{mark}'" if part.conversion == ord("r") else mark
                count += 1
                if part.conversion == -1 and depth < DEEPEST:
                    self._value(module, part.value, depth + 1)
            elif isinstance(part, ast.Constant):
                text += str(part.value)
        return text

    def _value(self, module: Module, node: ast.expr, depth: int) -> None:
        quiet = Reader(Found())
        for text in quiet.read(module, node, depth):
            self.found.values.setdefault(text, module.path)
        self.found.values |= quiet.found.values

    def _meanings(self, module: Module, node: ast.Name) -> list[tuple[Module, ast.expr]]:
        if (scope := module.function(node)) is not None:
            if node.id in [a.arg for a in (*scope.args.args, *scope.args.kwonlyargs)]:
                return self._arguments(module, scope, node.id)
            if local := _assigned(scope, node.id):
                return [(module, value) for value in local]
        if constants := _assigned(module.tree, node.id, deep=False):
            return [(module, value) for value in constants]
        for each in module.tree.body:
            if isinstance(each, ast.ImportFrom) and each.module:
                other = modules().get(each.module.replace(".", "/") + ".py")
                if other is not None and node.id in [a.name for a in each.names]:
                    return [(other, v) for v in _assigned(other.tree, node.id, deep=False)]
        return []

    def _arguments(
        self, module: Module, function: Function, name: str
    ) -> list[tuple[Module, ast.expr]]:
        """Return what a function is given under a name, wherever it is called by its own."""
        plain = function.args.args
        places = [a.arg for a in plain if a.arg not in {"self", "cls"}]
        found: list[tuple[Module, ast.expr]] = []
        defaults = dict(
            zip(
                [a.arg for a in plain][len(plain) - len(function.args.defaults) :],
                function.args.defaults,
                strict=True,
            )
        ) | {
            a.arg: d
            for a, d in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
            if d is not None
        }
        if name in defaults:
            found.append((module, defaults[name]))
        for user, call in _calls_by_name().get(function.name, []):
            if function.name.startswith("_") and user is not module:
                continue
            if name in places and places.index(name) < len(call.args):
                found.append((user, call.args[places.index(name)]))
            found += [(user, k.value) for k in call.keywords if k.arg == name]
        return found


@cache
def _calls_by_name() -> dict[str, list[tuple[Module, ast.Call]]]:
    found: dict[str, list[tuple[Module, ast.Call]]] = {}
    for module in modules().values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                found.setdefault(_name(node.func), []).append((module, node))
    return found


def _assigned(within: ast.AST, name: str, *, deep: bool = True) -> list[ast.expr]:
    nodes = ast.walk(within) if deep else ast.iter_child_nodes(within)
    found: list[ast.expr] = []
    for node in nodes:
        if isinstance(node, ast.Assign) and any(_name(t) == name for t in node.targets):
            found.append(node.value)
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and _name(node.target) == name:
            found += [node.value] if node.value is not None else []
    return found


def of_python(left_out: frozenset[str] = frozenset()) -> Found:
    """Return what the modules say, but for those that are left out."""
    found = Found()
    reader = Reader(found)
    for module, call in calls():
        if module.path in left_out:
            continue
        given = [*call.args[:1], *(k.value for k in call.keywords if k.arg in {"message", "hint"})]
        for expression in given:
            for text in reader.read(module, expression):
                found.texts.setdefault(text, module.path)
    return found


MAKES = re.compile(r"\b(?:invalid|notFound|fail)\(")
LITERAL = re.compile(r"""(["'`])((?:\\.|(?!\1).)*)\1""", re.DOTALL)


def of_typescript() -> tuple[Found, int]:
    """Return what the editor's executor says, and how many errors of it were read."""
    found, count = Found(), 0
    for path in sorted(MODEL.glob("*.ts")):
        source = path.read_text("utf-8")
        if path.name == "errors.ts":
            continue
        name = str(path.relative_to(ROOT))
        for match in MAKES.finditer(source):
            count += 1
            for argument in _split(source, match.end()):
                if literal := LITERAL.fullmatch(argument):
                    text = _template_of(literal[2]) if literal[1] == "`" else _plain(literal[2])
                    found.texts.setdefault(text, name)
                else:
                    found.dynamic.add((name, argument))
    return found, count


def _split(source: str, at: int) -> list[str]:
    """Return the arguments of a call whose parenthesis ends before `at`."""
    depth, begin, found = 0, at, list[str]()
    while True:
        char = source[at]
        if char in "\"'`":
            at = _end_of_text(source, at)
            continue
        if char in ")]}" and depth == 0:
            return [text for text in (*found, source[begin:at].strip()) if text]
        if char == "," and depth == 0:
            found.append(source[begin:at].strip())
            begin = at + 1
        depth += (char in "([{") - (char in ")]}")
        at += 1


def _end_of_text(source: str, at: int) -> int:
    quote, at = source[at], at + 1
    while source[at] != quote:
        if source[at] == "\\":
            at += 1
        elif quote == "`" and source.startswith("${", at):
            at = _end_of_value(source, at + 2) - 1
        at += 1
    return at + 1


def _end_of_value(source: str, at: int) -> int:
    depth = 0
    while source[at] != "}" or depth:
        if source[at] in "\"'`":
            at = _end_of_text(source, at)
            continue
        depth += (source[at] == "{") - (source[at] == "}")
        at += 1
    return at + 1


def _template_of(body: str) -> str:
    text, count, at = "", 0, 0
    while (begin := body.find("${", at)) >= 0:
        text += f"{body[at:begin]}{{{count}}}"
        count, at = count + 1, _end_of_value(body, begin + 2)
    return _plain(text + body[at:])


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
