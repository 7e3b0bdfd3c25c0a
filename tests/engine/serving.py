"""Real servers for tests: Redis, the engine, and a stand-in for the actions."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import requests

from tests.redis_program import redis_program

ROOT = Path(__file__).parents[2]
_START_SECONDS = 300
"""Training included, on a busy machine."""


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RedisServer:
    """A real Redis that can be stopped and started again with what it holds."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self.start()

    def start(self) -> None:
        options = f"--port {self.port} --dir {self._folder} --appendonly yes --save ''"
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [redis_program(), *options.replace("''", '""').split()], stdout=subprocess.DEVNULL
        )
        for _ in range(100):
            if self._answers():
                return
            time.sleep(0.05)
        raise AssertionError("Redis did not start")

    def _answers(self) -> bool:
        """Whether it has read what it holds: until then its port is open and refuses commands."""
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)):
                return False
            probe.sendall(b"PING\r\n")
            return probe.recv(64).startswith(b"+PONG")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


class Actions:
    """Answers each action call with what was understood; can be made to fail, or to be down."""

    def __init__(self) -> None:
        self.port = free_port()
        self.status = 200
        self.calls: list[dict[str, Any]] = []
        self.connections: list[socket.socket] = []
        """All that were ever opened."""
        self.start()

    def start(self) -> None:
        handler = type("Handler", (_Handler,), {"actions": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def answer(self, call: dict[str, Any]) -> dict[str, Any]:
        self.calls.append(call)
        understood = call["tracker"]["latest_message"]
        named = understood["mentions"] or understood["topics"]
        initiative = named[0]["initiative"]
        custom = {"outcome": "answer", "initiative": initiative, "action": call["next_action"]}
        return {
            "events": [{"event": "slot", "name": "initiative", "value": initiative}],
            "responses": [{"text": understood["text"], "custom": custom}],
        }


class _Handler(BaseHTTPRequestHandler):
    actions: Actions
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.actions.connections.append(self.connection)

    def do_POST(self) -> None:
        call = json.loads(self.rfile.read(int(self.headers["content-length"])))
        body = json.dumps(self.actions.answer(call)).encode() if self.actions.status == 200 else b""
        self.send_response(self.actions.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Writes nothing."""


class Engine:
    """The engine as a process, as `make run` starts it."""

    def __init__(self, redis_url: str, actions: Actions, log: Path) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        self._log = log
        environment = {
            **os.environ,
            "ENGINE_URL": self.url,
            "REDIS_URL": redis_url,
            "ACTIONS_URL": f"http://127.0.0.1:{actions.port}/webhook",
        }
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "engine"], cwd=ROOT, env=environment, stdout=out, stderr=out
            )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if self.get("/webhooks/gateway/health")[0] == 200:
                    return
            except requests.ConnectionError:
                time.sleep(0.2)
        raise AssertionError(self._log.read_text()[-3000:])

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def get(self, path: str) -> tuple[int, Any]:
        return _read(requests.get(self.url + path, timeout=30))

    def post(self, body: bytes) -> tuple[int, Any]:
        return _read(requests.post(f"{self.url}/webhooks/gateway/turn", body, timeout=30))

    def understand(self, body: object) -> tuple[int, Any]:
        url = f"{self.url}/webhooks/gateway/understand"
        return _read(requests.post(url, json.dumps(body).encode(), timeout=30))

    def turn(self, conversation: str, text: str, message: str = "", **more: Any) -> tuple[int, Any]:
        ids = {"conversation_id": conversation, "message_id": message or uuid4().hex}
        return self.post(json.dumps({**ids, "text": text, **more}).encode())


def _read(response: requests.Response) -> tuple[int, Any]:
    return response.status_code, response.json()
