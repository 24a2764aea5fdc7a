import json

import pytest
from hypothesis import given, settings, strategies as st
from pycrdt import Doc, Map, Text

from tests.builder import command_cases
from vitrail.builder import commands, documents, executor, richtext
from vitrail.core.errors import InvalidInput

CASES = command_cases.read()


@pytest.mark.parametrize(
    "case",
    [case for _, case in CASES],
    ids=[f"{path.stem}: {case['name']}" for path, case in CASES],
)
def test_a_shared_case_gives_what_it_says(case):
    given = command_cases.run(case)
    said = case["expect"]
    if said == "malformed":
        assert given["results"] == "malformed"
    else:
        statuses = [result.get("error") or result.get("status") for result in given["results"]]
        assert statuses == said
    assert given == case["gives"]


def test_there_are_cases_for_every_operation():
    named = {op.get("op") for _, case in CASES for op in case["ops"]}
    known = {operation.__struct_config__.tag for operation in commands.Command.__args__}
    assert known <= named
    assert len(CASES) >= 60


def test_a_failing_run_changes_nothing():
    page, site = documents.create_page("s"), documents.create_site("x")
    before = page.get_state()
    ops = commands.decode(
        [{"op": "insert", "block": "box"}, {"op": "remove", "target": {"id": "x"}}]
    )
    outcome = executor.execute(page, site, ops, executor.Context())
    assert [result["status"] for result in outcome.results] == ["skipped", "error"]
    assert page.get_state() == before
    assert outcome.inverses == []


def test_a_run_is_undone_after_its_inverses_went_through_json():
    page, site = documents.create_page("s"), documents.create_site("x")
    context = executor.Context()
    ops = [
        {"op": "insert", "block": "text", "props": {"text": "Été 🎉"}},
        {"op": "theme", "set": {"color.primary": "#123456"}},
    ]
    made = executor.execute(page, site, commands.decode(ops), context)
    (node,) = made.results[0]["created"]
    before = documents.dump(page, ["nodes"])
    ops = [
        {"op": "set_text", "target": {"id": node}, "text": "Hiver 🎉"},
        {"op": "style", "target": {"id": node}, "set": {"color": "red", "gap": "1px"}},
        {"op": "theme", "set": {"color.primary": None}},
    ]
    changed = executor.execute(page, site, commands.decode(ops), context)
    undone = executor.undo(page, site, json.loads(json.dumps(changed.inverses)))
    assert (undone.done, undone.kept) == (4, [])
    assert documents.dump(page, ["nodes"]) == before
    assert documents.read_site(site).tokens == {"color.primary": "#123456"}
    redone = executor.undo(page, site, undone.inverses)
    assert redone.done == 4
    assert documents.read_page(page).nodes[node].styles == {"_::color": "red", "_::gap": "1px"}


def test_undoing_leaves_and_reports_what_someone_changed_since():
    page, site = documents.create_page("s"), documents.create_site("x")

    def run(*ops):
        return executor.execute(page, site, commands.decode(ops), executor.Context())

    (node,) = run({"op": "insert", "block": "box"}).last
    styled = run({"op": "style", "target": {"id": node}, "set": {"color": "red", "gap": "1px"}})
    run({"op": "style", "target": {"id": node}, "set": {"color": "blue"}})
    undone = executor.undo(page, site, styled.inverses)
    assert [kept["path"][-1] for kept in undone.kept] == ["s:_::color"]
    assert documents.read_page(page).nodes[node].styles == {"_::color": "blue"}


CHARACTERS = st.text(st.sampled_from("aé🎉ñ\n字x̂"), max_size=12)


@settings(max_examples=300, deadline=None)
@given(CHARACTERS, CHARACTERS, st.integers(0, 12), st.integers(0, 12))
def test_replacing_a_text_never_cuts_a_character(old, new, start, length):
    doc = Doc()
    doc.get("root", type=Map)["text"] = Text(old)
    text = doc.get("root", type=Map)["text"]
    first, last = sorted((min(start, len(old)), min(length, len(old))))
    text.format(len(old[:first].encode()), len(old[:last].encode()), {"bold": True})
    richtext.replace_text(text, new)
    assert str(text) == new


@settings(max_examples=200, deadline=None)
@given(CHARACTERS, st.lists(st.tuples(CHARACTERS.filter(bool), st.booleans(), st.booleans())))
def test_replacing_runs_gives_their_formatting_too(old, pieces):
    doc = Doc()
    doc.get("root", type=Map)["text"] = Text(old)
    text = doc.get("root", type=Map)["text"]
    wanted = [
        (run, {name: True for name, on in (("bold", bold), ("italic", italic)) if on})
        for run, bold, italic in pieces
    ]
    richtext.replace_runs(text, wanted)

    def letters(runs):
        return [(letter, marks) for run, marks in runs for letter in run]

    assert letters(richtext.read_runs(text)) == letters(wanted)


@pytest.mark.parametrize(
    "ops",
    [
        [{"op": "fly"}],
        [{"op": "insert"}],
        [{"op": "remove", "target": {}}],
        [{"op": "remove", "target": {"id": "a", "type": "b"}}],
        [{"op": "move", "target": {"id": "a"}, "at": {}}],
        [{"op": "style", "target": {"id": "a"}, "set": {}, "breakpoint": "xl"}],
        [{"op": "remove", "target": {"type": "box", "nth": 0}}],
    ],
)
def test_malformed_operations_are_refused(ops):
    with pytest.raises(InvalidInput):
        commands.decode(ops)
