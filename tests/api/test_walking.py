"""The short way over what was fetched answers as graphql-core does by itself, to the last error."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, cast

import pytest
import strawberry
from graphql import ExecutionResult, execute, parse
from graphql.execution import Executor
from hypothesis import given as drawn, strategies as st
from hypothesis_graphql import nodes, queries

from tests.api.house import House, opened
from tests.api.test_any_document import BOUNDED, SCHEMA
from vitrail.commerce import demo
from vitrail.core.access import SYSTEM
from vitrail.graphql.schema import native
from vitrail.graphql.walking import Walk, settle


class Plain(Executor[Any]):
    """graphql-core's own way."""

    def __init__(self, *args: Any, places: Any, **more: Any) -> None:
        super().__init__(*args, **more)


# ---- what cannot be written -------------------------------------------------------------------


@strawberry.enum
class Colour(Enum):
    RED = "red"


@strawberry.interface
class Thing:
    name: str | None


@strawberry.type
class Lamp(Thing):
    watts: int
    colour: Colour | None = None
    inside: Thing | None = None
    lamp: Lamp | None = None
    lamps: list[Lamp] = strawberry.field(default_factory=list)
    numbers: list[int | None] | None = None

    @strawberry.field
    def twice(self) -> int:
        return 2 * self.watts

    @strawberry.field
    async def later(self) -> int:
        return self.watts


@strawberry.type
class Query:
    @strawberry.field
    def lamp(self, info: strawberry.Info) -> Lamp | None:
        return info.context

    @strawberry.field
    def sure(self, info: strawberry.Info) -> Lamp:
        return info.context


def lamp(name: Any = "A", watts: Any = 1, **more: Any) -> Any:
    return Lamp(name=name, watts=watts, **more)


FINE = lamp(watts=3, colour=Colour.RED, numbers=[1, None])
ALL = """{ lamp { ...More lamp { ...More lamp { watts } } lamps { ...More lamps { w: watts } } } }
fragment More on Lamp { __typename name watts colour numbers inside { name ... on Lamp { twice } } twice later }"""
PLAIN = (
    """{ lamp { name watts numbers lamp { name watts } lamps { watts lamp { watts name } } } }"""
)
SURE = "{ sure { watts lamps { watts } } lamp { name } }"
NAMES = "{ lamp { a: name b: name ... @include(if: false) { watts } lamps { __typename } } }"


@pytest.mark.parametrize("query", [ALL, PLAIN, SURE, NAMES], ids=["all", "plain", "sure", "names"])
@pytest.mark.parametrize(
    "given",
    [
        None,
        FINE,
        lamp(name=None, watts=1, lamp=FINE, lamps=[FINE, FINE], inside=FINE),
        lamp(name="no watts", watts=None),
        lamp(name="no number", watts="many", lamp=FINE),
        lamp(name=object(), watts=1),
        lamp(watts=1 << 40, lamps=[FINE]),
        lamp(colour="green"),
        lamp(lamps=None),
        lamp(lamps=7),
        lamp(lamps=(FINE, FINE)),
        lamp(lamps=iter([FINE])),
        lamp(lamps=[FINE, None]),
        lamp(lamps=[FINE, lamp(name="B", watts=None), FINE]),
        lamp(lamps=[lamp(name="B", watts=2, lamp=lamp(name="C", watts=None))]),
        lamp(lamp=lamp(name="B", watts=2, lamp=lamp(name="C", watts="x"))),
        lamp(numbers=[1, "x", None]),
        lamp(numbers="12"),
        lamp(inside=object(), lamp=FINE),
    ],
)
async def test_what_is_not_as_it_should_be_is_told_as_it_was(given: Any, query: str):
    schema = native(strawberry.Schema(Query))
    places = settle(schema)

    async def answer(executor: type[Executor[Any]]) -> dict[str, Any]:
        # A generator is used up by the first who looks.
        if isinstance(given, Lamp) and isinstance(given.lamps, Iterator):
            given.lamps = cast("Any", iter([FINE]))
        result = execute(
            schema, parse(query), context_value=given, executor_class=executor, places=places
        )
        if not isinstance(result, ExecutionResult):
            result = await result
        return dict(result.formatted)

    assert await answer(Walk) == await answer(Plain)


# ---- all that may be asked ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(tmp_path_factory.mktemp("walking"), None) as house:
        site = house.site.removeprefix("site:")
        house.runner.run(demo.fill(house.engine.house.commerce, site, SYSTEM))
        yield house


def test_whatever_is_asked_is_answered_as_by_the_long_way(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    page = house("query($s: ID!) { site(id: $s) { pages { nodes { id } } } }", s=house.site)
    found = house(
        """query($s: ID!) { products(siteId: $s, first: 3) { nodes {
             id merchant { id } variants { id } reviews(first: 1) { nodes { id } } } } }""",
        s=house.site,
    )
    # An id of each kind: "site" for siteId, "product" for the id of a product, or of anything.
    known = {each.partition(":")[0]: each for each in (house.site, *_ids(page), *_ids(found))}
    scalars = {
        "ID": st.just(nodes.String("?")),
        "DateTime": st.just(nodes.String("2026-11-01T10:00:00Z")),
    }

    def fitting(argument: str, field: str) -> str:
        kind = field if argument == "id" else argument.removesuffix("Id")
        return known.get(kind, known["product"])

    root = SCHEMA.query_type
    assert root is not None
    full = 0

    @BOUNDED
    @drawn(data=st.data())
    def ask(data: st.DataObject) -> None:
        nonlocal full
        name = data.draw(st.sampled_from(sorted(root.fields)))
        text = data.draw(queries(SCHEMA, fields=[name], custom_scalars=scalars))
        text = re.sub(
            r'(\w+): "\?"', lambda found: f'{found[1]}: "{fitting(found[1], name)}"', text
        ).replace('"?"', f'"{known["product"]}"')
        answers: list[Any] = []
        for executor in (Walk, Plain):
            monkeypatch.setattr("vitrail.graphql.engine.Walk", executor)
            answers.append(_without_traces(house.answer(text)))
        assert answers[0] == answers[1], text
        full += bool((answers[0].get("data") or {}).get(name))

    ask()
    assert full > 20


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _ids(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "id":
                yield each
            else:
                yield from _ids(each)


def _without_traces(answer: dict[str, Any]) -> Any:
    """Leave out what is another each time."""
    answer.get("extensions", {}).pop("cost", None)
    for error in answer.get("errors", []):
        error.get("extensions", {}).pop("trace", None)
    return json.loads(json.dumps(answer))
