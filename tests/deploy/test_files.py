"""What `deploy/` has is read by those for whom it is, and says the same everywhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.docs.test_commands import refused

ROOT = Path(__file__).parents[2]
DEPLOY, CLUSTER = ROOT / "deploy", ROOT / "deploy/kubernetes"
KUBERNETES = "1.32"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
STAGES = re.split(r"(?m)^FROM ", (DEPLOY / "Containerfile").read_text())
PRIVATE = r"(?<![\d.])(?:10|172|192)\.\d+\.\d+\.\d+|/opt/pypi|/tmp/\w"  # of networks, of machines
PINNED = r"(?m)^([\w.-]+)==([^\s;]+)((?:[^\n]*\\\n)*[^\n]*)"
ENDING = 8  # seconds that a server takes for its end, at most
Manifest = dict[str, Any]


def manifests() -> Iterator[Manifest]:
    for path in sorted(CLUSTER.glob("*.yaml")):
        if path.name != "kustomization.yaml":
            yield from yaml.safe_load_all(path.read_text())


def called(manifest: Manifest) -> str:
    return f"{manifest['kind']} {manifest['metadata']['name']}"


def pods() -> dict[str, Manifest]:
    """What each kind of pod is made after."""
    found = {}
    for each in manifests():
        spec = each.get("spec", {})
        job = spec.get("jobTemplate", {}).get("spec", {})
        if template := spec.get("template") or job.get("template"):
            found[called(each)] = template["spec"]
    return found


@pytest.mark.parametrize("manifest", list(manifests()), ids=called)
def test_a_cluster_takes_each_file(manifest: Manifest):
    kubernetes_validate.validate(manifest, KUBERNETES, strict=True)


def test_a_field_that_no_cluster_knows_would_be_found():
    (manifest,) = (each for each in manifests() if each["kind"] == "Deployment")
    wrong = manifest | {"spec": manifest["spec"] | {"replica": 2}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES, strict=True)


def test_kustomize_is_given_every_file():
    found = yaml.safe_load((CLUSTER / "kustomization.yaml").read_text())
    files = {path.name for path in CLUSTER.glob("*.yaml")} - {"kustomization.yaml"}
    assert set(found["resources"]) == files


def test_compose_takes_its_file():
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    subprocess.run([*check, DEPLOY / "compose.yaml"], check=True, capture_output=True)


def test_all_that_compose_asks_for_is_in_the_example():
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    told = set(re.findall(r"(?m)^(\w+)=", (DEPLOY / "example.env").read_text()))
    assert asked - told == {"MYTHS_VERSION"}
    assert told <= asked


def serves() -> dict[str, list[str]]:
    """How each server is called."""
    found = {name: each["command"] for name, each in SERVICES.items() if "worker" in name}
    found["Deployment"] = pods()["Deployment myths"]["containers"][0]["args"]
    return found


@pytest.mark.parametrize("words", serves().values(), ids=serves())
def test_the_program_has_the_options_that_it_is_called_with(words: list[str]):
    plain = [re.sub(r"=(\$|http).*", "=https://workshop.example.org", word) for word in words]
    assert refused(f"myths {' '.join(plain)}") == ""
    assert "--log" not in words  # the image says it, for every command


def test_so_have_the_commands_of_the_jobs():
    jobs = [each["containers"][0] for name, each in pods().items() if "CronJob" in name]
    assert refused(f"myths {' '.join(jobs[0]['args'])}") == ""
    for script in (jobs[1]["args"], SERVICES["backup"]["command"]):
        (line,) = re.findall(r"myths backup .*", script[0])
        assert refused(line) == ""


def seconds(words: list[str]) -> float:
    (drain,) = (word.partition("=")[2] for word in words if word.startswith("--drain="))
    return float(drain)


def test_a_server_is_not_killed_while_it_sends_its_people_elsewhere():
    for name, words in serves().items():
        if name == "Deployment":
            grace = pods()["Deployment myths"]["terminationGracePeriodSeconds"]
        else:
            grace = float(SERVICES[name]["stop_grace_period"].removesuffix("s"))
        assert seconds(words) + ENDING < grace, name


@pytest.mark.parametrize("name", pods())
def test_no_pod_may_do_what_it_need_not(name: str):
    pod = pods()[name]
    (container,) = pod["containers"]
    allowed = container["securityContext"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["runAsUser"] == 10001
    assert not pod["automountServiceAccountToken"]
    assert allowed["readOnlyRootFilesystem"]
    assert not allowed["allowPrivilegeEscalation"]
    assert allowed["capabilities"] == {"drop": ["ALL"]}


@pytest.mark.parametrize("name", [each for each in SERVICES if each != "database"])
def test_no_container_may_do_what_it_need_not(name: str):
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_database_and_its_backup_are_in_no_network_that_leads_outside():
    assert COMPOSE["networks"]["back"]["internal"]
    assert SERVICES["database"]["networks"] == SERVICES["backup"]["networks"] == ["back"]
    assert [name for name, each in SERVICES.items() if "ports" in each] == ["proxy"]


def test_nobody_reaches_a_pod_but_by_a_rule():
    rules = {
        each["metadata"]["name"]: each for each in manifests() if each["kind"] == "NetworkPolicy"
    }
    assert rules["nothing"]["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    by_port = {rule["ports"][0]["port"]: rule["from"] for rule in rules["pages"]["spec"]["ingress"]}
    (who,) = by_port[9464]
    assert who["namespaceSelector"]["matchLabels"] == {"kubernetes.io/metadata.name": "monitoring"}
    (ingress,) = (each for each in manifests() if each["kind"] == "Ingress")
    assert "9464" not in json.dumps(ingress)
    assert "metrics" not in json.dumps(ingress["spec"])


def test_one_server_at_least_goes_on_while_a_cluster_is_renewed():
    found = {each["kind"]: each["spec"] for each in manifests() if "spec" in each}
    assert found["HorizontalPodAutoscaler"]["minReplicas"] >= 2
    assert found["PodDisruptionBudget"]["maxUnavailable"] == 1
    assert found["Deployment"]["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    assert "replicas" not in found["Deployment"]


def test_the_proxy_and_the_ingress_hand_over_alike():
    settings = (DEPLOY / "haproxy/haproxy.cfg").read_text()
    (ingress,) = (each for each in manifests() if each["kind"] == "Ingress")
    annotations = ingress["metadata"]["annotations"]
    for line in annotations["haproxy.org/backend-config-snippet"].splitlines():
        assert line in settings
    assert "nginx" not in json.dumps(ingress)
    assert f"cookie {annotations['haproxy.org/cookie-persistence']} insert" in settings


def test_no_address_of_anybodys_machine_stands_in_a_file():
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            text = path.read_text()
            hosts = set(re.findall(r"https?://([\w.-]+)", text)) - {"127.0.0.1"}
            assert hosts <= {"workshop.example.org"}, path
            assert not re.search(PRIVATE, text), path


def test_images_are_named_in_full():
    lines = re.findall(r"(?m)^\s*image: (\S+)", (DEPLOY / "compose.yaml").read_text())
    python = re.findall(r"(?m)^ARG PYTHON=(\S+)", STAGES[0])
    for name in [*lines, *python]:
        assert name.startswith("myths:") or re.fullmatch(r"docker\.io/library/\w+:[\w.-]+", name)


def test_the_image_has_no_tools_and_no_rights():
    *_, build, final = STAGES
    assert " AS build" in build.splitlines()[0]
    assert re.search(r"(?m)^USER 10001:10001$", final)
    assert not re.search(r"(?m)^(RUN|ADD) ", final)
    assert "/readyz" in final
    assert re.search(r'(?m)^ENTRYPOINT \["myths"\]$', final)


def test_what_the_image_is_built_from_is_there_and_is_sent_to_the_builder():
    sources = re.findall(r"(?m)^COPY (?!--from)(.+) \S+$", STAGES[1])
    wanted = {name for line in sources for name in line.split()}
    sent = set(re.findall(r"(?m)^!(.+)$", (DEPLOY / "Containerfile.dockerignore").read_text()))
    assert wanted == sent
    assert all((ROOT / name).exists() for name in wanted)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {part.split("/")[0] for part in (*wheel["only-include"], *wheel["force-include"])}
    assert needed | {project["project"]["readme"], "requirements.txt"} <= wanted


def test_what_a_server_is_made_of_can_be_listed(tmp_path: Path):
    recipe = re.search(r"(?m)^sbom: .*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text())
    assert recipe
    command = recipe[1].replace("\\\n", " ").replace("$(BIN)/", f"{Path(sys.executable).parent}/")
    file = tmp_path / "sbom.cdx.json"
    subprocess.run(
        ["sh", "-c", command.strip().replace("-o sbom.cdx.json", f"-o {file}")],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    listed = {
        (each["name"].lower(), each["version"]): {
            mark["content"] for place in each["externalReferences"] for mark in place["hashes"]
        }
        for each in json.loads(file.read_text())["components"]
    }
    text = (ROOT / "requirements.txt").read_text()
    pinned = {
        (name, version): set(re.findall(r"sha256:(\w+)", rest))
        for name, version, rest in re.findall(
            r"(?m)^([\w.-]+)==([^\s;]+)((?:[^\n]*\\\n)*[^\n]*)", text
        )
    }
    assert listed == pinned
