"""What the gateway counts, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest


class Metrics:
    """One registry a gateway; names begin with `bot_`. Nothing here holds a citizen's words."""

    def __init__(self) -> None:
        """Registers all metrics."""
        self._registry = CollectorRegistry()
        self.accepted = self._counter("bot_messages_accepted", "Citizens' messages", "channel")
        self.turns = self._counter("bot_turns", "Answered turns", "channel", "outcome")
        self.engine_failures = self._counter("bot_engine_failures", "Turns the engine left open")
        self.work_failures = self._counter(
            "bot_work_failures", "Conversations put back after an error"
        )
        self.bad_signatures = self._counter(
            "bot_line_bad_signatures", "Webhooks that LINE did not sign"
        )
        self.line_events = self._counter("bot_line_events", "Events of LINE", "kind")
        self.line_calls = self._counter("bot_line_calls", "Tries on LINE", "way", "result")
        self.deliveries = self._counter("bot_deliveries", "Ended deliveries", "state")
        self.requests = self._counter("bot_http_requests", "HTTP requests", "method", "status")
        self.cut_streams = self._counter("bot_cut_streams", "Streams whose reader did not read")
        self.streams = Gauge("bot_open_streams", "Open SSE streams", registry=self._registry)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(name, meaning, labels, registry=self._registry)

    def render(self) -> bytes:
        """All of them in Prometheus' text format."""
        return generate_latest(self._registry)
