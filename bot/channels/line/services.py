"""Builds what the channel LINE needs; `bootstrap` alone uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linebot.v3.webhook import SignatureValidator

from bot.adapters.redis.fingerprint import RedisFingerprint
from bot.adapters.redis.inbox import RedisInbox
from bot.adapters.redis.sealed import Sealed
from bot.channels.line.client import LineClient
from bot.channels.line.delivery import Deliveries
from bot.channels.line.indicator import Indicator
from bot.channels.line.reception import Reception
from bot.channels.line.settler import LineSettler
from bot.channels.line.standing import Standing
from bot.conversation.worker import Worker
from bot.privacy import Vault

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.channels.line.client import Line
    from bot.conversation.flow import Flow
    from bot.conversation.worker import Settler
    from bot.core import Core


COURIERS = 64
"""Conversations delivered to side by side: they only wait for LINE, which may be slow at times."""


@dataclass(frozen=True)
class LineServices:
    """What the channel LINE needs; there only if its keys are."""

    validator: SignatureValidator
    vault: Vault
    inbox: RedisInbox
    client: Line
    indicator: Indicator
    standing: Standing
    courier: Worker

    def start(self) -> None:
        """Begins to deliver, and has the log say if LINE does not take our keys."""
        self.courier.start()
        self.indicator.run(self.standing.tell())

    async def stop(self) -> None:
        """Stops in the reverse order."""
        await self.courier.stop()
        await self.indicator.stop()
        await self.client.close()


def build_line(core: Core, client: Line | None) -> LineServices:
    """Builds it for settings that have LINE's keys; tests give a LINE of their own."""
    settings = core.settings
    client = client or LineClient(
        _secret(settings.line_channel_access_token), settings.line_api_base
    )
    vault = Vault(_secret(settings.privacy_key))
    deliveries = Deliveries(
        store=core.store,
        outbox=core.outbox,
        line=client,
        vault=vault,
        wording=core.wording,
        metrics=core.metrics,
        public_url=settings.public_url,
    )
    courier = Sealed(deliveries, core.store)
    return LineServices(
        validator=SignatureValidator(_secret(settings.line_channel_secret)),
        vault=vault,
        inbox=RedisInbox(
            core.redis, settings.retention_days, replicas=settings.redis_wait_replicas
        ),
        client=client,
        indicator=Indicator(core.hub, core.store, client, vault),
        standing=Standing(client, RedisFingerprint(core.redis), vault),
        courier=Worker(core.deliveries, courier, core.hub, core.metrics, COURIERS),
    )


def settler_of(core: Core, flow: Flow, line: LineServices | None) -> Settler:
    """What the worker does with a conversation, with LINE or without."""
    if line is None:
        return flow
    reception = Reception(
        store=core.store,
        inbox=line.inbox,
        feedback=core.feedback,
        indicator=line.indicator,
        clock=core.clock,
        wording=core.wording,
    )
    return LineSettler(
        reception=reception,
        flow=flow,
        store=core.store,
        outbox=core.outbox,
        deliveries=core.deliveries,
    )


def _secret(value: SecretStr | None) -> str:
    """A secret that `read_settings` has made sure of."""
    return value.get_secret_value() if value else ""
