"""Rasa's trackers in Redis: events are only ever appended, and read through a window.

What a turn costs must not grow with the conversation, so only the newest events are read, from
the beginning of a turn; slots set before them come from a snapshot beside the list.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import ujson
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from redis.exceptions import ReadOnlyError, ResponseError

from engine.redis_client import connect
from engine.window import is_unanswered, last_session, whole_turns, with_slots

if TYPE_CHECKING:
    from rasa.core.brokers.broker import EventBroker
    from rasa.shared.core.domain import Domain

WINDOW = 60
"""How many of the newest events are read: about ten turns."""

_DAY = 24 * 60 * 60

# Single scripts, so that each is one round trip and happens as a whole, on one server or a cluster;
# to append waits for the disk while the citizen waits for it.
_READ = """
local stored = redis.call('LLEN', KEYS[1])
return {stored, redis.call('LRANGE', KEYS[1], ARGV[1], -1), redis.call('GET', KEYS[2])}
"""
_APPEND = """
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return {0} end
redis.call('RPUSH', KEYS[1], unpack(ARGV, 4))
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[3])
return {1}
"""


class UnansweredTurnError(Exception):
    """A tracker was to be stored whose last message has no reply, so the turn did not succeed."""


class ConflictError(Exception):
    """Somebody else stored events of the same conversation meanwhile."""


class _Stored(NamedTuple):
    """What is in Redis of a conversation."""

    events: int
    lines: list[str]
    """Those events that were read, in JSON."""
    slots: dict[str, Any]


class StoredTracker(DialogueStateTracker):
    """A tracker that knows which of its events are stored."""

    stored = 0
    """How many events of the conversation are in Redis."""
    first_new = 0
    """The place in `events` from which on they are not."""


class RedisTrackerStore(TrackerStore):
    """Keeps each conversation's events in `bot:{id}:tracker`, its slots in `bot:{id}:slots`.

    It connects when it is first used. Redis errors (`redis.exceptions.RedisError`) are for the
    caller: a conversation that cannot be read or stored must not go on without its past.
    """

    def __init__(
        self,
        domain: Domain | None,
        host: str,
        event_broker: EventBroker | None = None,
        retention_days: int | str = 90,
        window: int = WINDOW,
    ) -> None:
        """Takes what Rasa hands over from `endpoints.yml`; `host` is the address (`url`).

        Args:
            domain: Rasa's, known once the model is loaded.
            host: Redis's address: one server, Sentinel or Cluster (`engine/redis_client.py`).
            event_broker: Rasa's; we have none.
            retention_days: For how long a conversation is kept after its last turn.
            window: How many events are read.
        """
        super().__init__(domain, event_broker)
        self._redis = connect(host)
        self._read_ahead: dict[str, _Stored] = {}
        self._window = window
        self._retention = int(retention_days) * _DAY

    async def retrieve(self, sender_id: str) -> StoredTracker | None:
        """The newest events of the last session, from the beginning of a turn."""
        read = self._read_ahead.pop(sender_id, None)
        stored, lines, slots = read or await self._read(sender_id, -self._window)
        if not stored:
            return None
        events = _events(lines)
        recent = last_session(events)
        if len(recent) == len(events) < stored:
            recent = whole_turns(recent)
        return self._tracker(sender_id, stored, with_slots(recent, slots))

    async def retrieve_full_tracker(self, conversation_id: str) -> StoredTracker | None:
        """All events of the conversation."""
        stored, lines, _ = await self._read(conversation_id, 0)
        return self._tracker(conversation_id, stored, _events(lines)) if stored else None

    async def knows(self, conversation_id: str, message_id: str) -> bool:
        """Whether the newest events tell of a message.

        True may be wrong (the citizen may write such a thing), False is right. What was read is
        kept for `retrieve`, which follows; should it be old by then, `save` notices.
        """
        read = await self._read(conversation_id, -self._window)
        self._read_ahead[conversation_id] = read
        told = _json({"message_id": message_id})[1:-1]
        return any(told in line for line in read.lines)

    def forget_read(self, conversation_id: str) -> None:
        """Drops what `knows` has kept; to be called when a turn ends, however it does."""
        self._read_ahead.pop(conversation_id, None)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Appends the tracker's new events.

        Raises:
            UnansweredTurnError: if the last message has no reply; nothing is stored then.
            ConflictError: if events were stored since the tracker was read.
        """
        if not isinstance(tracker, StoredTracker):
            raise TypeError("only trackers that this store has made know what is new in them")
        new = list(tracker.events)[tracker.first_new :]
        if not new:
            return
        if is_unanswered(new):
            raise UnansweredTurnError(tracker.sender_id)
        await self._append(tracker, new)
        tracker.stored += len(new)
        tracker.first_new = len(tracker.events)

    def init_tracker(self, sender_id: str) -> StoredTracker:
        """An empty tracker."""
        return StoredTracker(sender_id, self.domain.slots)

    async def close(self) -> None:
        """Gives the connections back."""
        await self._redis.close()

    async def _read(self, conversation_id: str, first: int) -> _Stored:
        stored, lines, slots = await self._run(_READ, conversation_id, first)
        return _Stored(stored, lines, ujson.loads(slots or "{}"))

    async def _append(self, tracker: StoredTracker, new: list[Event]) -> None:
        lines = [_json(event.as_dict()) for event in new]
        slots = _json(tracker.current_slot_values())
        [written] = await self._run(
            _APPEND, tracker.sender_id, tracker.stored, slots, self._retention, *lines
        )
        if not written:
            raise ConflictError(tracker.sender_id)

    async def _run(self, script: str, conversation_id: str, *arguments: str | int) -> list[Any]:
        """Runs a script on the two keys of a conversation.

        Raises:
            ReadOnlyError: if the server has become a replica; the next try asks for the primary.
        """
        try:
            return await self._redis.eval(script, 2, *_keys(conversation_id), *arguments)
        except ResponseError as error:
            # Within a script it is no error of its own to the client, which would stay connected.
            if "READONLY" not in str(error):
                raise
            await self._redis.connection_pool.disconnect()
            raise ReadOnlyError("the server is no longer the primary") from error

    def _tracker(self, conversation_id: str, stored: int, events: list[Event]) -> StoredTracker:
        tracker = self.init_tracker(conversation_id)
        for event in events:
            tracker.update(event)
        tracker.stored, tracker.first_new = stored, len(events)
        return tracker


def _keys(conversation_id: str) -> tuple[str, str]:
    return f"bot:{{{conversation_id}}}:tracker", f"bot:{{{conversation_id}}}:slots"


def _events(lines: list[str]) -> list[Event]:
    stored = [ujson.loads(line) for line in lines]
    return [_event_class(one["event"])._from_parameters(one) for one in stored]  # noqa: SLF001 - see there


@cache
def _event_class(name: str) -> type[Event]:
    """The class of an event.

    Rasa's own way (`deserialise_events`) looks through all its classes anew for every event,
    which makes up nine tenths of the time that reading a conversation takes.
    """
    return Event.resolve_by_type(name)


def _json(value: object) -> str:
    return ujson.dumps(value, ensure_ascii=False, escape_forward_slashes=False)
