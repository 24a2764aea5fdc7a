"""The page tree: golden registers, and random runs of replicas that both languages must agree on."""

import base64
import json
import os
import random
import subprocess
from pathlib import Path

import pytest
from pycrdt import Doc, Map

from tests.servers import node
from vitrail.builder import keys, tree

ROOT_FOLDER = Path(__file__).parents[2]
WEB = ROOT_FOLDER / "vitrail" / "web"
VITEST = WEB / "node_modules" / "vitest" / "vitest.mjs"
CASES = json.loads((ROOT_FOLDER / "tests/cases/tree/registers.json").read_text("utf-8"))["cases"]
RUNS = 1_500


def shape(doc):
    """Return the whole tree as nested lists, as the TypeScript twin writes it."""
    built = tree.build_tree(tree.read_positions(doc.get("nodes", type=Map)))

    def under(parent):
        return [[child, under(child)] for child in built.children.get(parent, [])]

    return [under(tree.ROOT), under(tree.TRASH)]


def all_ids(nested):
    return [name for child, inner in nested for name in [child, *all_ids(inner)]]


def encode(doc):
    return base64.b64encode(doc.get_update()).decode()


def decode(update):
    doc = Doc()
    doc.get("nodes", type=Map)
    doc.apply_update(base64.b64decode(update))
    return doc


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_registers_give_the_same_tree_as_in_the_editor(case):
    doc = Doc()
    nodes = doc.get("nodes", type=Map)
    for name, register in case["nodes"].items():
        nodes[name] = Map({"type": "box"} if register is None else {"type": "box", "pos": register})
    built = tree.build_tree(tree.read_positions(nodes))
    assert {parent: list(found) for parent, found in built.children.items()} == case["children"]
    assert list(built.repaired) == case["repaired"]
    assert_repair_is_sound(doc)


def assert_repair_is_sound(doc):
    before = shape(doc)
    tree.repair(doc)
    assert shape(doc) == before, "repair changed what people see"
    nodes = doc.get("nodes", type=Map)
    positions = tree.read_positions(nodes)
    assert not tree.build_tree(positions).repaired
    for parent, children in tree.build_tree(positions).children.items():
        found = [positions[child].i for child in children]
        assert parent == tree.TRASH or len(set(found)) == len(found), "equal sibling keys"
    assert tree.repair(doc) == [], "a second repair found something to do"


def exchange(source, target):
    target.apply_update(source.get_update(target.get_state()))


def random_run(seed):
    chance = random.Random(seed)
    replicas = [Doc() for _ in range(2 + chance.randrange(3))]
    trees = [tree.PageTree(doc, random=chance.random) for doc in replicas]
    born = 0
    for step in range(26):
        place = 0 if step < 6 else chance.randrange(len(replicas))
        at = trees[place]
        ids = list(at.nodes.keys())
        parent = chance.choice([tree.ROOT, *ids])
        dice = chance.random() if step >= 6 and ids else 0.0
        if dice < 0.25:
            at.add(f"n{place}_{born}", "box", parent, chance.randrange(3))
            born += 1
        elif dice < 0.85:
            at.move(chance.choice(ids), parent, chance.randrange(3))
        else:
            at.trash(chance.choice(ids))
        if chance.random() < 0.25:
            exchange(*chance.sample(replicas, 2))
    for _ in range(2):
        for source in replicas:
            for target in replicas:
                if source is not target:
                    exchange(source, target)
    return replicas


def test_random_runs_agree_across_replicas_and_languages(tmp_path):
    """At least 5,000 runs in all: 1,500 made here, 3,500 made by the TypeScript twin."""
    dumps = []
    for seed in range(RUNS):
        replicas = random_run(seed)
        shapes = [shape(doc) for doc in replicas]
        assert all(other == shapes[0] for other in shapes), f"run {seed} diverged"
        found = all_ids(shapes[0][0]) + all_ids(shapes[0][1])
        assert sorted(found) == sorted(replicas[0].get("nodes", type=Map).keys()), f"run {seed}"
        dumps.append({"update": encode(replicas[0]), "tree": shapes[0]})
        assert_repair_is_sound(replicas[0])
    made_here, made_there = tmp_path / "python.json", tmp_path / "typescript.json"
    made_here.write_text(json.dumps(dumps), "utf-8")
    ran = subprocess.run(
        [node(), VITEST, "run", "--environment", "node", "tests/model/tree.test.ts"],
        cwd=WEB,
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "TREE_DUMPS_IN": str(made_here), "TREE_DUMPS_OUT": str(made_there)},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    theirs = json.loads(made_there.read_text("utf-8"))
    assert len(theirs) + len(dumps) >= 5_000
    for dump in theirs:
        doc = decode(dump["update"])
        assert shape(doc) == dump["tree"]
        assert_repair_is_sound(doc)


def test_two_servers_that_repair_at_once_still_agree():
    one = Doc()
    nodes = one.get("nodes", type=Map)
    nodes["a"] = Map({"type": "box", "pos": tree.Position("b", "a0", 5, "root").register()})
    nodes["b"] = Map({"type": "box", "pos": tree.Position("a", "a0", 6, "root").register()})
    other = decode(encode(one))
    tree.repair(one)
    tree.repair(other)
    exchange(one, other)
    exchange(other, one)
    assert shape(one) == shape(other)


def test_ten_thousand_insertions_at_one_place_stay_in_order():
    chance = random.Random(1)
    low, high = None, None
    for _ in range(2_000):
        key = keys.key_between(low, high, chance.random)
        assert keys.is_key(key) or len(key) > 1_024
        assert low is None or low < key
        assert high is None or key < high
        low, high = (key, high) if chance.random() < 0.5 else (low, key)
        if len(key) > 900:
            low, high = None, None


def test_two_pasted_runs_do_not_interleave():
    chance = random.Random(2)
    for _ in range(200):
        low = keys.key_between(None, None, chance.random)
        high = keys.key_between(low, None, chance.random)
        runs = [
            (key, name) for name in "ab" for key in keys.keys_between(low, high, 70, chance.random)
        ]
        order = "".join(name for _, name in sorted(runs))
        assert (
            order in {"a" * 70 + "b" * 70, "b" * 70 + "a" * 70}
            or len({k[:5] for k, _ in runs}) == 1
        )
        assert all(low < key < high and keys.is_key(key) for key, _ in runs)
