"""What runs it in production, against what the product itself says, and against their own tools."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from bot.health import blueprint as health
from bot.live import HEARTBEAT_SECONDS
from bot.settings import ROOT, Settings, read_settings

if TYPE_CHECKING:
    from pathlib import Path

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
NGINX = (DEPLOY / "nginx" / "kawasaki-chat.conf").read_text()
COMPOSE: dict[str, Any] = YAML(typ="safe").load(DEPLOY / "compose.yml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name.upper() for name in Settings.model_fields}
OF_THE_ENGINE = {"ENGINE_HOST"}
OF_THE_MACHINE = {"HOME", "PYTHONUNBUFFERED", "RASA_TELEMETRY_ENABLED"}
README = (ROOT / "README.md").read_text()


def of_file(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text().splitlines() if line and line[0] != "#"]
    return dict(line.split("=", 1) for line in lines)


def plain(environment: dict[str, str]) -> dict[str, str]:
    """With the defaults of what compose takes from its own environment."""
    return {k: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", v) for k, v in environment.items()}


FILE = of_file(DEPLOY / "systemd" / "kawasaki-chat.env")


@pytest.mark.parametrize("given", [FILE, *(s.get("environment", {}) for s in SERVICES.values())])
def test_only_settings_that_there_are_are_set_and_their_values_are_good(
    given: dict[str, str],
) -> None:
    assert given.keys() <= OURS | OF_THE_ENGINE
    assert read_settings(plain(given))


def test_every_setting_is_in_the_readme_and_no_other() -> None:
    table = README.split("## Settings")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {key for row in rows for key in re.findall(r"`(\w+)`", row)} == OURS | OF_THE_ENGINE


def test_gateways_trust_exactly_the_one_proxy_before_them() -> None:
    assert "X-Forwarded-For $proxy_add_x_forwarded_for" in NGINX
    for environment in (FILE, SERVICES["gateway-1"]["environment"]):
        assert environment["TRUSTED_PROXIES"] == "1"
    open_ports = {name for name, service in SERVICES.items() if "ports" in service}
    assert open_ports == {"nginx"}


def test_nginx_passes_event_streams_on_and_waits_longer_than_their_heartbeat() -> None:
    pattern = re.search(r"location ~ (\S*events\S*) \{(.*?)\}", NGINX, re.DOTALL)
    assert pattern
    for path in (
        "/api/conversations/1/events",
        "/api/desk/events",
        "/api/desk/conversations/1/events",
    ):
        assert re.search(pattern[1], path)
    assert not re.search(pattern[1], "/api/conversations/1/messages")
    assert "proxy_buffering off" in pattern[2]
    timeout = re.search(r"proxy_read_timeout (\d+)s", pattern[2])
    assert timeout
    assert int(timeout[1]) > 2 * HEARTBEAT_SECONDS


def test_everything_in_compose_is_watched_comes_back_and_is_replicated() -> None:
    for name, service in SERVICES.items():
        assert "healthcheck" in service, name
        assert service["restart"] == "unless-stopped"
        assert set(service.get("depends_on", ())) <= SERVICES.keys()
    for kind, least in {"gateway": 2, "engine": 2, "actions": 2, "redis": 3, "sentinel": 3}.items():
        assert sum(name.startswith(f"{kind}-") for name in SERVICES) >= least
    engines = read_settings(plain(SERVICES["gateway-1"]["environment"])).engine_urls
    assert engines == [f"http://{n}:5005" for n in SERVICES if n.startswith("engine-")]
    named = set(re.findall(r"server (gateway-\d+):8000", NGINX))
    assert named == {name for name in SERVICES if name.startswith("gateway-")}


def test_redis_keeps_what_it_accepted() -> None:
    embedded = (ROOT / "supervisord.conf").read_text()
    ours = (DEPLOY / "redis" / "redis.conf").read_text()
    for name, value in (
        ("appendonly", "yes"),
        ("appendfsync", "always"),
        ("maxmemory-policy", "noeviction"),
    ):
        assert f"--{name} {value}" in embedded
        assert f"\n{name} {value}\n" in ours


def test_a_primary_that_comes_back_waits_longer_than_a_fail_over_takes() -> None:
    start = (DEPLOY / "redis" / "start.sh").read_text()
    sentinel = (DEPLOY / "redis" / "sentinel.conf").read_text()
    wait = re.search(r"^over_seconds=(\d+)", start, re.MULTILINE)
    down = re.search(r"down-after-milliseconds kawasaki (\d+)", sentinel)
    assert wait
    assert down
    assert int(wait[1]) >= 3 * int(down[1]) / 1000
    for name in ("redis-1", "redis-2", "redis-3"):
        assert SERVICES[name]["command"][:3] == ["sh", "/etc/start.sh", name]
    named = re.search(r'^sentinels="(.*)"', start, re.MULTILINE)
    assert named
    assert named[1].split() == [name for name in SERVICES if name.startswith("sentinel-")]


def test_health_checks_ask_what_there_is() -> None:
    routes = {route.uri for route in health._future_routes}
    asked = re.findall(r"127\.0\.0\.1:80[08]0(/\w+)", (DEPLOY / "compose.yml").read_text())
    assert set(asked) <= routes
    hidden = re.search(r"location ~ \^/\((.*)\)\$", NGINX)
    assert hidden
    assert {f"/{name}" for name in hidden[1].split("|")} == routes - {"/healthz"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_module_that_exists_without_privileges(unit: Path) -> None:
    text = unit.read_text()
    module = re.search(r"ExecStart=.*/python -m (\w+)( serve)?$", text, re.MULTILINE)
    assert module
    assert (ROOT / module[1] / "__main__.py").exists()
    for wanted in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n"):
        assert wanted in text
    set_here = re.findall(r"(?:Environment=|env |\s)([A-Z_]+)=", text)
    assert {name for name in set_here if name in OURS} <= {"BOT_PORT", "ENGINE_URL"}


def test_a_gateway_has_a_file_descriptor_for_each_stream() -> None:
    text = (DEPLOY / "systemd" / "kawasaki-chat-gateway@.service").read_text()
    limit = re.search(r"LimitNOFILE=(\d+)", text)
    assert limit
    assert int(limit[1]) > 2 * read_settings({}).max_streams
    assert SERVICES["gateway-1"]["ulimits"]["nofile"]["soft"] == int(limit[1])


def test_images_hold_what_they_run() -> None:
    for name, needed in {
        "gateway": ("bot", "actions", "data"),
        "engine": ("engine", "data", "config.yml", "endpoints.yml", "requirements/engine.txt"),
    }.items():
        text = (DEPLOY / f"{name}.Dockerfile").read_text()
        copied = " ".join(re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE)).split()
        assert set(needed) <= set(copied)
        assert all((ROOT / one).exists() for one in copied if not one.startswith((".", "/")))
        assert "USER chat" in text


@pytest.mark.slow
@pytest.mark.skipif(
    not shutil.which("systemd-analyze"),
    reason="no systemd here; the suite needs it for nothing else",
)
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """On copies whose programs exist here; instances stand for the templates."""
    copies = []
    for unit in UNITS:
        text = re.sub(r"/srv/kawasaki-chat\S*/python", "/usr/bin/python3", unit.read_text())
        copy = tmp_path / unit.name.replace("@", "@8000")
        copy.write_text(text.replace("/usr/bin/python3", shutil.which("true") or ""))
        copies.append(str(copy))
    command = ["systemd-analyze", "verify", "--man=no", *copies]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    complaints = [line for line in found.stderr.splitlines() if str(tmp_path) in line]
    assert not complaints


@pytest.mark.slow
@pytest.mark.skipif(
    not shutil.which("nginx"), reason="no nginx here; the suite needs it for nothing else"
)
def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    """With loopback in place of the names that only compose's network knows."""
    (tmp_path / "site.conf").write_text(re.sub(r"gateway-\d", "127.0.0.1", NGINX))
    site = f"http {{ include {tmp_path}/site.conf; }}"
    main = f"pid {tmp_path}/pid; error_log stderr; events {{}} {site}"
    (tmp_path / "nginx.conf").write_text(main)
    command = ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert found.returncode == 0, found.stderr
