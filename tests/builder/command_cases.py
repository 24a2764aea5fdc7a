"""Run the shared cases of edit commands; `python -m tests.builder.command_cases` records them anew."""

import itertools
import json
from pathlib import Path
from typing import Any

from vitrail.builder import commands, documents, executor, pages
from vitrail.core.errors import InvalidInput

CASES = Path(__file__).parents[1] / "cases" / "commands"


def documents_of(case):
    """Make the documents that a case starts from."""
    site = documents.create_site("Test")
    pages.add_page(site, "home", {"fr": "Accueil"}, {"fr": ""}, random=lambda: 0.5)
    pages.add_page(site, "menu", {"fr": "La carte"}, {"fr": "carte"}, random=lambda: 0.5)
    return documents.create_page("s1"), site


def run(case) -> dict[str, Any]:
    """Run a case and return its results, with codes for errors, and what the documents hold."""
    page, site = documents_of(case)
    ids = (f"n{number}" for number in itertools.count(1))
    context = executor.Context(new_id=lambda: next(ids), random=lambda: 0.5)
    last = ()
    if case.get("setup"):
        outcome = executor.execute(page, site, commands.decode(case["setup"]), context)
        assert outcome.is_ok, outcome.results
        last = outcome.last
    context = executor.Context(
        locale=case.get("locale"),
        selection=tuple(case.get("selection", ())),
        last=last,
        new_id=context.new_id,
        random=context.random,
    )
    try:
        ops = commands.decode(case["ops"])
    except InvalidInput:
        return {"results": "malformed"}
    outcome = executor.execute(page, site, ops, context, partial=case.get("partial", False))
    results = []
    for result in outcome.results:
        error = result.get("error")
        results.append({**result, "error": error["code"]} if error else result)
    return {
        "results": results,
        "requests": outcome.page_requests,
        "last": list(outcome.last) if outcome.is_ok else [],
        "page": documents.dump(page, ["nodes"]),
        "site": documents.dump(site, ["meta", "tokens", "themes", "pages"]),
    }


def read():
    """Return every case with the name of its file."""
    return [
        (path, case)
        for path in sorted(CASES.glob("*.json"))
        for case in json.loads(path.read_text("utf-8"))["cases"]
    ]


def record():
    """Write what every case gives now into its file; read the difference before committing."""
    for path in sorted(CASES.glob("*.json")):
        cases = json.loads(path.read_text("utf-8"))
        for case in cases["cases"]:
            case["gives"] = run(case)
        text = json.dumps(cases, ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    record()
