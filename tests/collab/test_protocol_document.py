"""The page on the protocol says what the code does: kinds, codes, and a test for every rule."""

from __future__ import annotations

import re
from pathlib import Path

from vitrail.collab.wire import Kind
from vitrail.core import errors

ROOT = Path(__file__).parents[2]
EDITOR_TESTS = ROOT / "vitrail" / "web" / "tests"
TEXT = (ROOT / "docs" / "protocol.md").read_text()
RULE = re.compile(r"^(\d+)\.(\d+)\. (.*?)(?=^\d+\.\d+\. |^## |\Z)", re.MULTILINE | re.DOTALL)


def test_rules_are_numbered_without_gaps():
    numbers = [(int(section), int(rule)) for section, rule, _ in RULE.findall(TEXT)]
    sections = [int(number) for number in re.findall(r"^## (\d+)\. ", TEXT, re.MULTILINE)]
    assert sections == list(range(1, len(sections) + 1))
    for section in sections:
        rules = [rule for of, rule in numbers if of == section]
        assert rules == list(range(1, len(rules) + 1))
        assert rules


def test_every_rule_names_tests_that_there_are():
    """A Python test is named by its module and function, one of the editor's by file and words."""
    python = {path.stem: path.read_text() for path in (ROOT / "tests").glob("*/test_*.py")}
    editor = {path.name: path.read_text() for path in EDITOR_TESTS.glob("*/*.test.ts")}
    for section, rule, text in RULE.findall(TEXT):
        named = re.findall(r"`(test_\w+)::(test_\w+)`", text)
        in_words = re.findall(r"`([\w-]+\.test\.ts)::([^`]+)`", text)
        assert named or in_words, f"{section}.{rule} names no test"
        for module, test in named:
            assert f"def {test}(" in python[module], f"{section}.{rule}: {module}::{test}"
        for file, test in in_words:
            assert f'test("{test}",' in editor[file], f"{section}.{rule}: {file}::{test}"


def test_every_kind_is_in_the_table():
    said: dict[str, int] = {}
    for numbers, names in re.findall(
        r"^\| (\d{1,2}(?:, \d+)?) \| ([a-z_, ]+) \|", TEXT, re.MULTILINE
    ):
        pairs = zip(numbers.split(", "), names.split(", "), strict=True)
        said |= {name: int(number) for number, name in pairs}
    assert said == {kind.name.lower(): kind.value for kind in Kind}


def test_every_code_is_in_the_table():
    said = {int(code) for code in re.findall(r"\b([14]\d{3})\b(?=[^|]*\|)", TEXT)}
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {k.close_code for k in kinds if issubclass(k, errors.VitrailError)}
    assert codes | {1002, 1007, 1009, 1012} == said
