"""What everything else is built from: Redis, the clock, the texts; `bootstrap` alone uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.adapters.redis import connection
from bot.adapters.redis.feedback import RedisFeedback
from bot.adapters.redis.hub import Hub
from bot.adapters.redis.outbox import RedisOutbox
from bot.adapters.redis.store import RedisConversationStore
from bot.adapters.redis.work import RedisWorkList
from bot.conversation.hours import Calendar, Clock
from bot.metrics import Metrics
from bot.wording import Wording, load_wording

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.settings import Settings


@dataclass(frozen=True)
class Core:
    """What everything else is built from."""

    settings: Settings
    redis: Redis
    clock: Clock
    calendar: Calendar
    wording: Wording
    metrics: Metrics
    store: RedisConversationStore
    hub: Hub
    feedback: RedisFeedback
    outbox: RedisOutbox
    deliveries: RedisWorkList


def connect(settings: Settings) -> Redis:
    """A client for Redis; it connects on first use, and again after a loss."""
    return connection.connect(settings.redis_url.get_secret_value())


def build_core(settings: Settings) -> Core:
    """Builds it; nothing connects before it is used."""
    redis = connect(settings)
    clock = Clock(settings.bot_now)
    replicas = settings.redis_wait_replicas
    deliveries = RedisWorkList(redis, name="delivery", replicas=replicas)
    store = RedisConversationStore(redis, clock, settings.retention_days, deliveries, replicas)
    return Core(
        settings=settings,
        redis=redis,
        clock=clock,
        calendar=Calendar(settings.opening_hours),
        wording=load_wording(),
        metrics=Metrics(),
        store=store,
        hub=Hub(redis),
        feedback=RedisFeedback(redis, store, clock, settings.retention_days),
        outbox=RedisOutbox(redis),
        deliveries=deliveries,
    )
