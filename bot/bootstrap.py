"""The one place that builds the real services and wires them together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.adapters.rasa import RasaEngine
from bot.adapters.redis.audit import RedisAudit
from bot.adapters.redis.desk_index import RedisDeskIndex, RedisReceipts
from bot.adapters.redis.forms import RedisForms
from bot.adapters.redis.operators import RedisOperators
from bot.adapters.redis.presence import RedisPresence
from bot.adapters.redis.rates import RedisRates
from bot.adapters.redis.sealed import Sealed
from bot.adapters.redis.work import RedisWorkList
from bot.channels.line.services import build_line, settler_of
from bot.conversation.courtesy import Courteous, Courtesy
from bot.conversation.flow import Flow
from bot.conversation.pace import Pace, Paced
from bot.conversation.worker import CONCURRENCY, Worker
from bot.core import build_core
from bot.desk.accounts import Login
from bot.desk.service import Desk
from bot.desk.words import DeskWords, load_desk_words
from bot.form.service import ContactForms
from bot.knowledge.loader import load_knowledge
from bot.limits import Limits
from bot.live import ConversationStream
from bot.privacy import Vault
from bot.wording import load_call_line

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.adapters.redis.hub import Hub
    from bot.adapters.redis.outbox import RedisOutbox
    from bot.adapters.redis.store import RedisConversationStore
    from bot.channels.line.client import Line
    from bot.channels.line.services import LineServices
    from bot.conversation.hours import Clock
    from bot.conversation.ports import Engine, Live
    from bot.knowledge.loader import Knowledge
    from bot.metrics import Metrics
    from bot.settings import Settings
    from bot.wording import CallLine, Wording


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
    audit: RedisAudit
    presence: RedisPresence
    desk_words: DeskWords
    desk: Desk
    forms: RedisForms
    contact_forms: ContactForms
    stream: ConversationStream
    worker: Worker
    courtesy: Courtesy
    limits: Limits
    outbox: RedisOutbox
    live: Live
    line: LineServices | None
    streams: set[object] = field(default_factory=set)
    """The event streams that are open in this process."""

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


def build(
    settings: Settings, engine: Engine | None = None, line_client: Line | None = None
) -> Services:
    """Builds all services; nothing connects before it is used.

    Tests give an engine and a LINE of their own.
    """
    engine = engine or RasaEngine(settings.engine_urls)
    core = build_core(settings)
    line = build_line(core, line_client) if settings.line_on else None
    days, replicas = settings.retention_days, settings.redis_wait_replicas
    index = RedisDeskIndex(core.redis, core.store, core.clock, days, replicas)
    receipts = RedisReceipts(core.redis, days, replicas)
    pace = Pace(CONCURRENCY)
    forms = RedisForms(core.redis, days)
    work = RedisWorkList(core.redis, replicas=replicas)
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
    courtesy = Courtesy()
    settler = Courteous(Sealed(settler_of(core, flow, line), core.store), courtesy)
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
        audit=RedisAudit(core.redis, core.clock),
        presence=RedisPresence(core.redis, core.clock),
        desk_words=load_desk_words(),
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
        worker=Worker(work, Paced(settler, pace), core.hub, core.metrics),
        courtesy=courtesy,
        limits=Limits(settings, RedisRates(core.redis), pace),
        outbox=core.outbox,
        live=line.indicator if line else core.hub,
        line=line,
    )


def _vault(settings: Settings) -> Vault | None:
    return Vault(settings.privacy_key.get_secret_value()) if settings.privacy_key else None
