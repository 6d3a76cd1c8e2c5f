"""docker-compose.yml, .env.example and Dockerfile, read as data."""

import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from dashboards.__main__ import FOLDER
from tests import compose
from voicesim import __version__

STACK = compose.read(compose.example())
SERVICES: dict[str, dict[str, Any]] = STACK["services"]
OURS = {"master", "worker", "agent"}
UIS = {"master": "8089", "prometheus": "9090", "alertmanager": "9093", "grafana": "3000"}
each_service = pytest.mark.parametrize("name", sorted(SERVICES))


def test_the_stack_is_whole() -> None:
    assert set(SERVICES) == OURS | {"prometheus", "pushgateway", "alertmanager", "grafana"}


@each_service
def test_a_service_is_pinned_and_kept_in_bounds(name: str) -> None:
    service = SERVICES[name]
    assert re.fullmatch(r"[a-z/]+:v?\d+\.\d+\.\d+", service["image"])
    user, _, _ = service["user"].partition(":")
    assert user.isdecimal()
    assert int(user) > 0
    assert service["healthcheck"]["test"][0] == "CMD"
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not {"privileged", "network_mode", "cap_add", "pid", "devices"} & set(service)


@each_service
def test_nothing_is_published_but_the_uis_on_loopback(name: str) -> None:
    port = UIS.get(name)
    expected = [f"127.0.0.1:{port}:{port}"] if port else []
    assert SERVICES[name].get("ports", []) == expected
    for environment in (compose.example(), needed()):  # without .env the same
        assert compose.read(environment)["services"][name].get("ports", []) == expected


def needed() -> dict[str, str]:
    return {"VOICESIM_HOST": "https://agent.example.com", "VOICESIM_TWILIO_AUTH_TOKEN": "x" * 32}


@pytest.mark.parametrize("name", needed())
def test_what_must_be_said_is_asked_for(name: str) -> None:
    with pytest.raises(compose.MissingError):
        compose.read(needed() | {name: ""})


def test_secrets_are_not_in_the_file() -> None:
    for service in compose.raw()["services"].values():
        for key, value in service.get("environment", {}).items():
            if re.search(r"TOKEN|PASSWORD|SECRET|KEY", key):
                assert re.match(r"\$\{\w+:\?|/run/secrets/", value), key
    assert STACK["secrets"] == {"grafana_password": {"environment": "GRAFANA_PASSWORD"}}
    command_lines = " ".join(" ".join(service.get("command", ())) for service in SERVICES.values())
    assert compose.example()["VOICESIM_TWILIO_AUTH_TOKEN"] not in command_lines


def test_without_the_profile_there_is_no_reference_agent_and_the_rest_goes_without() -> None:
    assert {name for name, service in SERVICES.items() if "profiles" in service} == {"agent"}
    assert compose.example()["COMPOSE_PROFILES"] in SERVICES["agent"]["profiles"]
    assert SERVICES["master"]["depends_on"]["agent"]["required"] is False


def test_the_workers_port_is_on_the_network_of_the_calls_alone() -> None:
    for name in ("worker", "agent"):
        assert SERVICES[name]["networks"] == ["calls"]
    assert {n for n, s in SERVICES.items() if "calls" in s["networks"]} == OURS


def test_a_worker_that_is_refused_is_not_started_for_ever() -> None:
    assert re.fullmatch(r"on-failure:[1-9]", SERVICES["worker"]["restart"])
    assert {s["restart"] for n, s in SERVICES.items() if n != "worker"} == {"unless-stopped"}


def test_ours_are_one_image_of_this_version() -> None:
    assert {SERVICES[name]["image"] for name in OURS} == {f"voicesim:{__version__}"}
    dockerfile = (compose.ROOT / "Dockerfile").read_text()
    assert f"USER {SERVICES['master']['user']}" in dockerfile
    assert f"voicesim:{__version__}" in dockerfile


def test_every_variable_is_in_the_example_and_the_other_way_round() -> None:
    text = (compose.ROOT / "docker-compose.yml").read_text()
    used = set(re.findall(r"\$\{(\w+)", text)) | {"COMPOSE_PROFILES", "GRAFANA_PASSWORD"}
    assert used == set(compose.example())


def test_what_is_mounted_from_here_is_here() -> None:
    for service in SERVICES.values():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            if source.startswith("./dashboards"):
                assert (compose.ROOT / source).exists(), source
            elif not source.startswith("."):
                assert source in STACK["volumes"]
    assert f"./{FOLDER.relative_to(compose.ROOT)}:" in " ".join(SERVICES["grafana"]["volumes"])


def test_prometheus_looks_where_the_services_are() -> None:
    folder = compose.ROOT / "dashboards" / "prometheus" / "targets-compose"
    targets = {file.stem: re.findall(r'"(\w+):(\d+)"', file.read_text()) for file in
               folder.glob("*.yml")}  # fmt: skip
    page = SERVICES["master"]["environment"]["VOICESIM_METRICS_PORT"]
    assert targets == {
        "voicesim": [("master", page)],
        "pushgateway": [("pushgateway", "9091")],
        "alertmanager": [("alertmanager", "9093")],
    }
    assert {file.stem for file in (folder.parent / "targets").iterdir()} == set(targets)


def test_the_example_names_every_workload_with_a_locustfile() -> None:
    (said,) = re.findall(
        r"workloads with a locustfile: (.*)", (compose.ROOT / ".env.example").read_text()
    )
    assert set(said.split(", ")) == {f.stem for f in (compose.ROOT / "locustfiles").glob("*.py")}


def manifests() -> tuple[list[Any], Any]:
    """What docs/scale.md shows: the documents of a cluster, and the Job for CI."""
    text = (compose.ROOT / "docs" / "scale.md").read_text()
    cluster, job = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    return list(YAML(typ="safe").load_all(cluster)), YAML(typ="safe").load(job)


def test_a_master_without_web_ui_is_found_by_its_workers() -> None:
    documents, job = manifests()
    template = job["spec"]["template"]
    (container,) = template["spec"]["containers"]
    assert "--headless" in container["args"]
    assert "readinessProbe" not in container
    (service,) = [d for d in documents if d["kind"] == "Service"]
    assert template["metadata"]["labels"] == service["spec"]["selector"]
    (master, _) = [d for d in documents if d["kind"] == "Deployment"]
    assert master["metadata"]["name"] == job["metadata"]["name"]
    assert container["image"] == master["spec"]["template"]["spec"]["containers"][0]["image"]


def test_kubernetes_starts_what_compose_starts() -> None:
    documents, _ = manifests()
    pods = [d["spec"]["template"]["spec"] for d in documents if d["kind"] == "Deployment"]
    for pod in pods:
        (container,) = pod["containers"]
        service = SERVICES[container["name"]]
        assert pod["securityContext"]["runAsUser"] == int(service["user"].split(":")[0])
        assert container["image"].endswith("/" + service["image"])
        flags = [argument.split("=")[0] for argument in service["command"]]
        assert [a for a in container["args"] if a.split("=")[0] not in flags] == []
    (policy,) = [d for d in documents if d["kind"] == "NetworkPolicy"]
    (workers,) = [r for r in policy["spec"]["ingress"] if {"port": 5557} in r["ports"]]
    assert workers["from"] == [
        {"podSelector": {"matchLabels": {"app": "voicesim", "part": "worker"}}}
    ]


@each_service
def test_the_documents_name_what_was_not_pulled(name: str) -> None:
    if name not in OURS:
        assert f"`{SERVICES[name]['image']}`" in (compose.ROOT / "docs" / "scale.md").read_text()
