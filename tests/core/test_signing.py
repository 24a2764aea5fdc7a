"""What the docs tell receivers to do verifies what we sign, and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import servers
from vitrail.core.signing import new_signing_secret, sign

DOCS = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text("utf-8")
PYTHON, JAVASCRIPT = (
    re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)[0]
    for language in ("python", "javascript")
)
ASK = """
import { readFileSync } from "node:fs";
const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(asked.map(([headers, body, secret]) => isFromVitrail(headers, body, secret))));
"""


def asked() -> list[tuple[dict[str, str], str, str, bool]]:
    """Return messages with what signed them: headers, body, secret, and whether they are good."""
    now, body = datetime.now(UTC), '{"type":"test","é":1}'
    secret, other = new_signing_secret(), new_signing_secret()
    good = sign("msg_1", now, body.encode(), [secret])
    both = sign("msg_1", now, body.encode(), [other, secret])
    old = sign("msg_1", now - timedelta(minutes=6), body.encode(), [secret])
    return [
        (good, body, secret, True),
        (both, body, secret, True),
        (both, body, other, True),
        (good, body, other, False),
        (good, body + " ", secret, False),
        (good | {"webhook-id": "msg_2"}, body, secret, False),
        (old, body, secret, False),
        (old | {"webhook-timestamp": good["webhook-timestamp"]}, body, secret, False),
    ]


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_receivers_that_do_as_the_docs_say_tell_who_a_message_is_from(language: str):
    messages = asked()
    wanted = [is_good for *_, is_good in messages]
    if language == "python":
        names: dict[str, object] = {}
        exec(PYTHON, names)
        verify = names["is_from_vitrail"]
        assert callable(verify)
        assert [verify(headers, body.encode(), key) for headers, body, key, _ in messages] == wanted
        return
    done = subprocess.run(
        [servers.node(), "--input-type=module", "-e", JAVASCRIPT + ASK],
        input=json.dumps([each[:3] for each in messages]),
        text=True,
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == wanted
