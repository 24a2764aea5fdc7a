"""Attack a server of its own: `python -m tests.fuzz --seconds 7200 --seed 1`."""

from __future__ import annotations

import argparse
import faulthandler
import secrets
import sys
import tempfile
from pathlib import Path

from tests.fuzz.campaign import Campaign, Finding
from tests.servers import Vitrail


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=secrets.randbits(32))
    options = parser.parse_args()
    faulthandler.enable()
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="vitrail-fuzz-") as folder:
        server = Vitrail(Path(folder) / "data")
        server.start()
        try:
            campaign = Campaign(server, options.seed)
            campaign.run(options.seconds)
        except Finding as finding:
            print(finding)
            print((Path(folder) / "server.log").read_text()[-3000:])
            return 1
        finally:
            server.stop()
    print(
        f"{campaign.played} attacks, {campaign.sent / options.seconds:.0f} messages a second, "
        f"longest answer {campaign.worst * 1000:.0f} ms, "
        f"memory {campaign.grown / (1 << 20):+.0f} MiB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
