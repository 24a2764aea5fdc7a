"""Hold a real server to what its description says, with programs of others: `make conform`, in short `make test`.

schemathesis sends requests that the description allows, and others; no answer may be a failure of the server,
nor another one than is described. It has an environment of its own (see the Makefile).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers import Vitrail

ROOT = Path(__file__).parents[2]
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
VALIDATE = """
import json, sys
from openapi_spec_validator import validate
validate(json.load(sys.stdin))
"""


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--environment", type=Path, default=ROOT / ".make" / "conform")
    reader.add_argument("--examples", default="3", help="for each operation")
    given = reader.parse_args()
    binaries = given.environment / "bin"
    description = json.loads((ROOT / "docs" / "openapi.json").read_text())
    subprocess.run(
        [binaries / "python", "-c", VALIDATE], input=json.dumps(description), text=True, check=True
    )
    with tempfile.TemporaryDirectory() as folder:
        server = Vitrail(Path(folder) / "data")
        server.start()
        try:
            token = server.run("token", "create")
            command = [
                *(binaries / "schemathesis", "run", f"{server.base}/api/openapi.json"),
                *("--header", f"Authorization: Bearer {token}", "--phases", "fuzzing"),
                *("--max-examples", given.examples, "--checks", CHECKS, "--seed", "1"),
                *("--exclude-path", "/metrics"),  # which is not JSON, and has tests of its own
            ]
            return subprocess.run(command, check=False).returncode
        finally:
            server.stop()


sys.exit(main())
