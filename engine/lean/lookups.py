"""What Rasa's processor finds out anew for every message, found out once.

The class of an event is looked for among all classes, the domain is compared with an empty one,
fourteen default actions are made to pick one, and what may be logged is copied though nothing is
logged: together a twelfth of a message's computing time.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from rasa.core import processor
from rasa.core.actions import action
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event

if TYPE_CHECKING:
    from rasa.core.actions.action import Action
    from rasa.utils.endpoints import EndpointConfig

_is_empty = Domain.is_empty
_make_defaults = action.default_actions
_emptiness = "_lean_is_empty"
_defaults: dict[int, tuple[EndpointConfig | None, list[Action]]] = {}


def replace() -> None:
    """Makes Rasa remember."""
    Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))
    Domain.is_empty = _remembered_emptiness
    action.default_actions = default_actions
    # All that the processor copies are the arguments of its debug messages.
    processor.copy = SimpleNamespace(deepcopy=lambda value: value)


def default_actions(action_endpoint: EndpointConfig | None = None) -> list[Action]:
    """Rasa's default actions, made once for an endpoint: they keep nothing of a conversation."""
    # The endpoint stands beside them, so that no other one can get its place in memory.
    if id(action_endpoint) not in _defaults:
        _defaults[id(action_endpoint)] = (action_endpoint, _make_defaults(action_endpoint))
    return list(_defaults[id(action_endpoint)][1])


def _remembered_emptiness(domain: Domain) -> bool:
    known: dict[str, Any] = vars(domain)
    if _emptiness not in known:
        known[_emptiness] = _is_empty(domain)
    return bool(known[_emptiness])
