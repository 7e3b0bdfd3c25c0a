"""The one place that builds the real services and wires them together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.adapters.rasa import RasaEngine
from bot.adapters.redis.audit import RedisAudit
from bot.adapters.redis.canned import RedisCanned
from bot.adapters.redis.desk_index import RedisDeskIndex
from bot.adapters.redis.forms import RedisForms
from bot.adapters.redis.hours import RedisHours
from bot.adapters.redis.operators import RedisOperators
from bot.adapters.redis.presence import RedisPresence
from bot.adapters.redis.rates import RedisRates
from bot.adapters.redis.receipts import RedisReceipts
from bot.adapters.redis.sealed import Sealed
from bot.adapters.redis.shown import RedisShown
from bot.adapters.redis.statistics import RedisStatistics
from bot.adapters.redis.summaries import RedisSummaries
from bot.adapters.redis.ticket_index import RedisTicketIndex
from bot.adapters.redis.viewers import RedisViewers
from bot.adapters.redis.waits import RedisWaits
from bot.adapters.redis.work import RedisWorkList
from bot.channels.line.services import build_line, settler_of
from bot.channels.web.showing import Showing
from bot.conversation.counter import Counter
from bot.conversation.courtesy import Courteous, Courtesy
from bot.conversation.flow import Flow
from bot.conversation.intake import Intake
from bot.conversation.pace import Pace, Paced
from bot.conversation.waiting import WaitingWords
from bot.conversation.worker import CONCURRENCY, Worker
from bot.core import build_core
from bot.desk.accounts import Login
from bot.desk.canned import CannedReplies
from bot.desk.feed import Feed
from bot.desk.service import Desk
from bot.desk.staff import Staff
from bot.desk.stream import DeskStream
from bot.desk.suggestions import Suggestions
from bot.desk.tickets import TicketDesk
from bot.desk.words import DeskWords, load_desk_words
from bot.form.service import ContactForms
from bot.knowledge.loader import load_knowledge
from bot.limits import Limits
from bot.live import ConversationStream
from bot.privacy import Vault
from bot.reading.corrections import load_corrections
from bot.reading.readings import Readings
from bot.statistics.settler import CountingSettler
from bot.wording import load_call_line

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.adapters.redis.feedback import RedisFeedback
    from bot.adapters.redis.hub import Hub
    from bot.adapters.redis.outbox import RedisOutbox
    from bot.adapters.redis.store import RedisConversationStore
    from bot.channels.line.client import Line
    from bot.channels.line.services import LineServices
    from bot.conversation.hours import Calendar, Clock
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
    calendar: Calendar
    hours: RedisHours
    wording: Wording
    call_line: CallLine
    knowledge: Knowledge
    metrics: Metrics
    redis: Redis
    store: RedisConversationStore
    index: RedisDeskIndex
    ticket_index: RedisTicketIndex
    summaries: RedisSummaries
    work: RedisWorkList
    hub: Hub
    engine: Engine
    operators: RedisOperators
    login: Login
    staff: Staff
    audit: RedisAudit
    statistics: RedisStatistics
    feedback: RedisFeedback
    presence: RedisPresence
    waits: RedisWaits
    feed: Feed
    desk_stream: DeskStream
    desk_words: DeskWords
    desk: Desk
    canned: CannedReplies
    suggestions: Suggestions
    tickets: TicketDesk
    forms: RedisForms
    contact_forms: ContactForms
    stream: ConversationStream
    readings: Readings
    showing: Showing
    worker: Worker
    courtesy: Courtesy
    limits: Limits
    outbox: RedisOutbox
    shown: RedisShown
    live: Live
    line: LineServices | None
    streams: set[object] = field(default_factory=set)
    """The event streams that are open in this process."""

    async def start(self) -> None:
        """Begins to listen and to work."""
        self.hub.start()
        await self.hours.start()
        self.feed.start()
        self.worker.start()
        if self.line:
            self.line.start()

    async def stop(self) -> None:
        """Stops in the reverse order; what is under way is taken up at the next start."""
        await self.worker.stop()
        if self.line:
            await self.line.stop()
        await self.hours.stop()
        await self.feed.stop()
        await self.hub.stop()
        await self.engine.close()
        self.readings.close()
        await self.redis.aclose()


def build(
    settings: Settings, engine: Engine | None = None, line_client: Line | None = None
) -> Services:
    """Builds all services; nothing connects before it is used.

    Tests give an engine and a LINE of their own.
    """
    engine = engine or RasaEngine(settings.engine_urls)
    knowledge, desk_words = load_knowledge(), load_desk_words()
    core = build_core(settings)
    line = build_line(core, line_client) if settings.line_on else None
    days, replicas = settings.retention_days, settings.redis_wait_replicas
    index = RedisDeskIndex(core.redis, core.clock, days, replicas)
    ticket_index = RedisTicketIndex(core.redis, core.clock, days, replicas)
    receipts = RedisReceipts(core.redis, days, replicas)
    pace = Pace(CONCURRENCY)
    forms = RedisForms(core.redis, days)
    work = RedisWorkList(core.redis, replicas=replicas)
    operators = RedisOperators(core.redis)
    readings = Readings(load_corrections())
    shown = RedisShown(core.redis, days)
    presence = RedisPresence(core.redis, core.clock)
    waits = RedisWaits(core.redis, core.clock)
    intake = Intake(
        receipts=receipts,
        clock=core.clock,
        calendar=core.calendar,
        due_days=settings.ticket_due_days,
    )
    statistics = RedisStatistics(core.redis, days)
    stream = ConversationStream(core.store, index, core.hub, core.outbox, shown)
    summaries = RedisSummaries(core.redis, core.clock)
    feed = Feed(core.hub, index, ticket_index, summaries)
    flow = Flow(
        store=core.store,
        engine=engine,
        desk=index,
        tickets=ticket_index,
        counter=Counter(store=core.store, intake=intake, forms=forms, wording=core.wording),
        waiting=WaitingWords(presence=presence, waits=waits, wording=core.wording),
        live=line.indicator if line else core.hub,
        clock=core.clock,
        hours=core.calendar,
        wording=core.wording,
        metrics=core.metrics,
    )
    courtesy = Courtesy()
    # Counted is only what replicas have; what has to be done again would be counted twice.
    sealed = Sealed(settler_of(core, flow, line), core.store)
    settler = CountingSettler(Courteous(sealed, courtesy), statistics, core.feedback)
    return Services(
        settings=settings,
        clock=core.clock,
        calendar=core.calendar,
        hours=RedisHours(
            core.redis,
            calendar=core.calendar,
            clock=core.clock,
            signals=core.hub,
            index=index,
            work=work,
        ),
        wording=core.wording,
        call_line=load_call_line(),
        knowledge=knowledge,
        metrics=core.metrics,
        redis=core.redis,
        store=core.store,
        index=index,
        ticket_index=ticket_index,
        summaries=summaries,
        work=work,
        hub=core.hub,
        engine=engine,
        operators=operators,
        login=Login(operators),
        presence=presence,
        waits=waits,
        staff=Staff(operators),
        audit=RedisAudit(core.redis, core.clock, settings.audit_days),
        statistics=statistics,
        feedback=core.feedback,
        desk_words=desk_words,
        feed=feed,
        desk_stream=DeskStream(
            hub=core.hub,
            feed=feed,
            conversations=stream,
            presence=presence,
            viewers=RedisViewers(core.redis, core.clock),
        ),
        desk=Desk(
            store=core.store,
            index=index,
            waits=waits,
            work=work,
            clock=core.clock,
            hours=core.calendar,
            colleagues=operators,
            wording=core.wording,
            topics=knowledge.names,
        ),
        tickets=TicketDesk(
            store=core.store,
            lists=ticket_index,
            index=index,
            receipts=receipts,
            operators=operators,
            work=work,
            clock=core.clock,
            wording=core.wording,
        ),
        canned=CannedReplies(RedisCanned(core.redis), desk_words),
        suggestions=Suggestions(engine, knowledge, core.wording),
        forms=forms,
        contact_forms=ContactForms(
            forms=forms,
            store=core.store,
            index=index,
            tickets=ticket_index,
            receipts=receipts,
            intake=intake,
            work=work,
            wording=core.wording,
            vault=_vault(settings),
        ),
        readings=readings,
        showing=Showing(readings, core.wording),
        stream=stream,
        worker=Worker(work, Paced(settler, pace), core.hub, core.metrics),
        courtesy=courtesy,
        limits=Limits(settings, RedisRates(core.redis), pace),
        outbox=core.outbox,
        shown=shown,
        live=line.indicator if line else core.hub,
        line=line,
    )


def _vault(settings: Settings) -> Vault | None:
    return Vault(settings.privacy_key.get_secret_value()) if settings.privacy_key else None
