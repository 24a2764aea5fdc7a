"""The shared cases of the renderer; `python -m tests.builder.render_cases` records them anew."""

import itertools
import json
from pathlib import Path
from typing import Any

from tests.builder.command_cases import documents_of
from vitrail.builder import commands, executor, tree
from vitrail.builder.render import css, elements, html, nodes, wants

FILE = Path(__file__).parents[1] / "cases" / "render" / "nodes.json"


def shop_of(case: dict[str, Any], shop: dict[str, Any], about: str) -> elements.ShopView:
    """Return what a case shows of the shop: all of it, unless it says otherwise."""
    given = shop | case.get("shop", {})
    return elements.ShopView(given["answers"], given["links"], about, given["hints"])


def render(case: dict[str, Any], asset: dict[str, Any], shop: dict[str, Any]) -> dict[str, Any]:
    """Run a case's operations and return the HTML, the rules and the wants of what they made."""
    page, site = documents_of(case)
    ids = (f"n{number}" for number in itertools.count(1))
    context = executor.Context(new_id=lambda: next(ids), random=lambda: 0.5)
    outcome = executor.execute(page, site, commands.decode(case["ops"]), context)
    assert outcome.is_ok, outcome.results
    read = nodes.read_nodes(page)
    built = tree.build_tree(tree.read_positions(page["nodes"]))
    surroundings = elements.RenderContext(
        locale=case.get("locale", "fr"),
        page_id="home",
        pages=[
            elements.PageLink("home", "Accueil", "/"),
            elements.PageLink("menu", 'La "carte" & <vins>', "/carte/"),
        ],
        alternates={"fr": "/", "en": "/en/"},
        asset=lambda name: asset if name == asset["id"] else None,
        shop=shop_of(case, shop, wants.product_of_page(wants.shop_nodes(page))),
    )

    def element(identifier):
        inside = [element(child) for child in built.children.get(identifier, [])]
        return html.describe(read[identifier], inside, surroundings)

    tops = built.children.get(tree.ROOT, [])
    rules = {
        name: [list(rule) for rule in css.node_rules(node.styles, surroundings.picture)]
        for name, node in read.items()
    }
    wanted = wants.page_wants(page)
    return ({"wants": list(wanted)} if wanted else {}) | {
        "html": "".join(elements.to_html(element(top)) for top in tops),
        "rules": {name: found for name, found in sorted(rules.items()) if found},
    }


def record():
    """Write what every case gives now; read the difference before committing."""
    cases = json.loads(FILE.read_text("utf-8"))
    for case in cases["cases"]:
        case["gives"] = render(case, cases["asset"], cases["shop"])
    text = json.dumps(cases, ensure_ascii=False, indent=1, sort_keys=True)
    FILE.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    record()
