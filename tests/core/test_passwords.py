"""Passwords are stored so that a stolen database does not tell them."""

from __future__ import annotations

import ast
import inspect

import pytest

from vitrail.core import passwords
from vitrail.core.errors import InvalidInput
from vitrail.core.passwords import hash_password, verify_password


def test_the_cost_is_what_owasp_asks():
    tree = ast.parse(inspect.getsource(passwords))
    [cost] = [n.value for n in tree.body if isinstance(n, ast.Assign) and "COST" in ast.dump(n)]
    assert ast.unparse(cost) == "(2 ** 16, 8, 2)"


async def test_the_same_password_is_stored_differently_each_time_and_never_in_the_clear():
    first, second = [await hash_password("correct horse") for _ in "ab"]
    assert first != second
    assert "correct" not in first
    assert await verify_password("correct horse", first)
    assert await verify_password("correct horse", second)


@pytest.mark.parametrize(
    ("password", "stored"),
    [("Correct horse", True), ("correct horse ", True), ("", True), ("correct horse", False)],
)
async def test_anything_else_is_not_it(password, stored):
    hashed = await hash_password("correct horse") if stored else None
    assert not await verify_password(password, hashed)


async def test_long_and_foreign_ones_work():
    password = "à la pêche aux 🦐 " * 50
    assert await verify_password(password[:1000], await hash_password(password[:1000]))


@pytest.mark.parametrize("password", ["", "nine char", "x" * 1001])
async def test_short_and_endless_ones_are_refused(password):
    with pytest.raises(InvalidInput, match="at least 10"):
        await hash_password(password)
