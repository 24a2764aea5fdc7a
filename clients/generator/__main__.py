"""Write the operation documents, the persisted documents and the clients: `python -m clients.generator`."""

from __future__ import annotations

import json
from pathlib import Path

from graphql import build_schema, parse, validate

from clients.generator.documents import write_documents
from clients.generator.python import write_python
from clients.generator.shapes import read_documents
from clients.generator.typescript import write_typescript

CLIENTS = Path(__file__).parents[1]
SDL = CLIENTS.parent / "docs" / "schema.graphql"
OPERATIONS = CLIENTS / "operations"
GENERATED = OPERATIONS / "generated"


def written() -> dict[Path, str]:
    """Return all that is generated, by file: from the schema, and from documents written by hand.

    Raises:
        ValueError: A document is not one of the schema.
    """
    schema = build_schema(SDL.read_text())
    texts = {GENERATED / name: text for name, text in write_documents(schema).items()}
    by_hand = [file.read_text() for file in sorted(OPERATIONS.glob("*.graphql"))]
    document = parse("\n".join([*by_hand, *texts.values()]))
    if errors := validate(schema, document):
        raise ValueError("\n".join(error.message for error in errors))
    documents = read_documents(schema, document)
    persisted = {each.hash: each.text for each in documents.operations}
    texts[CLIENTS / "documents.json"] = json.dumps(persisted, indent=1, ensure_ascii=False) + "\n"
    typescript, python = CLIENTS / "typescript" / "src" / "generated", CLIENTS / "python"
    for name, text in write_typescript(schema, documents).items():
        texts[typescript / name] = text
    for name, text in write_python(schema, documents).items():
        texts[python / "vitrail_client" / name] = text
    return texts


def main() -> None:
    """Write what has changed, and drop documents that are generated no more."""
    texts = written()
    for file in GENERATED.glob("*.graphql"):
        if file not in texts:
            file.unlink()
    for file, text in texts.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text() != text:
            file.write_text(text)


if __name__ == "__main__":
    main()
