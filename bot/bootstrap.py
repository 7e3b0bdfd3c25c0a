"""The one place that builds the real services and wires them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from bot.adapters.rasa import RasaEngine
from bot.adapters.redis.desk_index import RedisDeskIndex, RedisReceipts
from bot.adapters.redis.hub import Hub
from bot.adapters.redis.operators import RedisOperators
from bot.adapters.redis.store import RedisConversationStore
from bot.adapters.redis.work import RedisWorkList
from bot.conversation.flow import Flow
from bot.conversation.hours import Clock
from bot.conversation.worker import Worker
from bot.desk.accounts import Login
from bot.desk.service import Desk
from bot.knowledge.loader import Knowledge, load_knowledge
from bot.live import ConversationStream
from bot.metrics import Metrics
from bot.wording import CallLine, Wording, load_call_line, load_wording

if TYPE_CHECKING:
    from bot.conversation.ports import Engine
    from bot.settings import Settings


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
    stream: ConversationStream
    worker: Worker

    async def start(self) -> None:
        """Begins to listen and to work."""
        self.hub.start()
        self.worker.start()

    async def stop(self) -> None:
        """Stops in the reverse order; what is under way is taken up at the next start."""
        await self.worker.stop()
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


def build(settings: Settings, engine: Engine | None = None) -> Services:
    """Builds all services, with another engine in tests; nothing connects before it is used."""
    engine = engine or RasaEngine(settings.engine_urls)
    redis = connect(settings)
    clock = Clock(settings.bot_now)
    wording = load_wording()
    metrics = Metrics()
    days = settings.retention_days
    store = RedisConversationStore(redis, clock, days)
    index = RedisDeskIndex(redis, store, clock, days)
    receipts = RedisReceipts(redis, days)
    work = RedisWorkList(redis)
    hub = Hub(redis)
    operators = RedisOperators(redis)
    flow = Flow(
        store=store,
        engine=engine,
        desk=index,
        receipts=receipts,
        live=hub,
        clock=clock,
        hours=settings.opening_hours,
        wording=wording,
        metrics=metrics,
    )
    return Services(
        settings=settings,
        clock=clock,
        wording=wording,
        call_line=load_call_line(),
        knowledge=load_knowledge(),
        metrics=metrics,
        redis=redis,
        store=store,
        index=index,
        work=work,
        hub=hub,
        engine=engine,
        operators=operators,
        login=Login(operators),
        desk=Desk(
            store=store, index=index, receipts=receipts, work=work, clock=clock, wording=wording
        ),
        stream=ConversationStream(store, index, hub),
        worker=Worker(work, flow, hub, metrics),
    )
