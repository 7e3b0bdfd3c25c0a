"""The one place that builds the real services and wires them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from linebot.v3.webhook import SignatureValidator
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from bot.adapters.rasa import RasaEngine
from bot.adapters.redis.desk_index import RedisDeskIndex, RedisReceipts
from bot.adapters.redis.fingerprint import RedisFingerprint
from bot.adapters.redis.forms import RedisForms
from bot.adapters.redis.hub import Hub
from bot.adapters.redis.inbox import RedisInbox
from bot.adapters.redis.operators import RedisOperators
from bot.adapters.redis.outbox import RedisOutbox
from bot.adapters.redis.store import RedisConversationStore
from bot.adapters.redis.work import RedisWorkList
from bot.channels.line.client import LineClient
from bot.channels.line.delivery import Deliveries
from bot.channels.line.indicator import Indicator
from bot.channels.line.reception import Reception
from bot.channels.line.settler import LineSettler
from bot.channels.line.standing import Standing
from bot.conversation.flow import Flow
from bot.conversation.hours import Clock
from bot.conversation.worker import Worker
from bot.desk.accounts import Login
from bot.desk.service import Desk
from bot.form.service import ContactForms
from bot.knowledge.loader import Knowledge, load_knowledge
from bot.live import ConversationStream
from bot.metrics import Metrics
from bot.privacy import Vault
from bot.wording import CallLine, Wording, load_call_line, load_wording

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.channels.line.client import Line
    from bot.conversation.ports import Engine, Live
    from bot.conversation.worker import Settler
    from bot.settings import Settings


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


@dataclass(frozen=True)
class Services:
    """Everything that handlers use."""

    settings: Settings
    clock: Clock
    wording: Wording
    call_line: CallLine
    knowledge: Knowledge
    metrics: Metrics
    redis: Redis
    store: RedisConversationStore
    index: RedisDeskIndex
    work: RedisWorkList
    hub: Hub
    engine: Engine
    operators: RedisOperators
    login: Login
    desk: Desk
    forms: RedisForms
    contact_forms: ContactForms
    stream: ConversationStream
    worker: Worker
    outbox: RedisOutbox
    live: Live
    line: LineServices | None

    async def start(self) -> None:
        """Begins to listen and to work."""
        self.hub.start()
        self.worker.start()
        if self.line:
            self.line.start()

    async def stop(self) -> None:
        """Stops in the reverse order; what is under way is taken up at the next start."""
        await self.worker.stop()
        if self.line:
            await self.line.stop()
        await self.hub.stop()
        await self.engine.close()
        await self.redis.aclose()


def connect(settings: Settings) -> Redis:
    """A client for Redis; it connects on first use, and again after a loss."""
    return Redis.from_url(
        settings.redis_url.get_secret_value(),
        decode_responses=True,
        retry=Retry(ExponentialBackoff(cap=0.5, base=0.05), 3),
        socket_connect_timeout=2.0,
        health_check_interval=30,
    )


@dataclass(frozen=True)
class _Core:
    """What the channels are built from."""

    settings: Settings
    redis: Redis
    clock: Clock
    wording: Wording
    metrics: Metrics
    store: RedisConversationStore
    hub: Hub
    outbox: RedisOutbox
    deliveries: RedisWorkList


def build(
    settings: Settings, engine: Engine | None = None, line_client: Line | None = None
) -> Services:
    """Builds all services; nothing connects before it is used.

    Tests give an engine and a LINE of their own.
    """
    engine = engine or RasaEngine(settings.engine_urls)
    core = _core(settings)
    line = _line(core, line_client) if settings.line_on else None
    days = settings.retention_days
    index = RedisDeskIndex(core.redis, core.store, core.clock, days)
    receipts = RedisReceipts(core.redis, days)
    forms = RedisForms(core.redis, days)
    work = RedisWorkList(core.redis)
    operators = RedisOperators(core.redis)
    flow = Flow(
        store=core.store,
        engine=engine,
        desk=index,
        receipts=receipts,
        forms=forms,
        live=line.indicator if line else core.hub,
        clock=core.clock,
        hours=settings.opening_hours,
        wording=core.wording,
        metrics=core.metrics,
    )
    return Services(
        settings=settings,
        clock=core.clock,
        wording=core.wording,
        call_line=load_call_line(),
        knowledge=load_knowledge(),
        metrics=core.metrics,
        redis=core.redis,
        store=core.store,
        index=index,
        work=work,
        hub=core.hub,
        engine=engine,
        operators=operators,
        login=Login(operators),
        desk=Desk(
            store=core.store,
            index=index,
            receipts=receipts,
            work=work,
            clock=core.clock,
            wording=core.wording,
        ),
        forms=forms,
        contact_forms=ContactForms(
            forms=forms,
            store=core.store,
            index=index,
            receipts=receipts,
            work=work,
            clock=core.clock,
            wording=core.wording,
            vault=_vault(settings),
        ),
        stream=ConversationStream(core.store, index, core.hub, core.outbox),
        worker=Worker(work, _settler(core, flow, line), core.hub, core.metrics),
        outbox=core.outbox,
        live=line.indicator if line else core.hub,
        line=line,
    )


def _core(settings: Settings) -> _Core:
    redis = connect(settings)
    clock = Clock(settings.bot_now)
    deliveries = RedisWorkList(redis, name="delivery")
    return _Core(
        settings=settings,
        redis=redis,
        clock=clock,
        wording=load_wording(),
        metrics=Metrics(),
        store=RedisConversationStore(redis, clock, settings.retention_days, deliveries),
        hub=Hub(redis),
        outbox=RedisOutbox(redis),
        deliveries=deliveries,
    )


def _line(core: _Core, client: Line | None) -> LineServices:
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
    return LineServices(
        validator=SignatureValidator(_secret(settings.line_channel_secret)),
        vault=vault,
        inbox=RedisInbox(core.redis, settings.retention_days),
        client=client,
        indicator=Indicator(core.hub, core.store, client, vault),
        standing=Standing(client, RedisFingerprint(core.redis), vault),
        courier=Worker(core.deliveries, deliveries, core.hub, core.metrics),
    )


def _settler(core: _Core, flow: Flow, line: LineServices | None) -> Settler:
    if line is None:
        return flow
    reception = Reception(
        store=core.store,
        inbox=line.inbox,
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


def _vault(settings: Settings) -> Vault | None:
    return Vault(_secret(settings.privacy_key)) if settings.privacy_key else None


def _secret(value: SecretStr | None) -> str:
    """A secret that `read_settings` has made sure of."""
    return value.get_secret_value() if value else ""
