"""A small city for the tests, and citizens who are understood in a given way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.compose import Composer
from actions.content import Content
from actions.understanding import Understanding, read
from bot.knowledge.loader import Knowledge
from bot.knowledge.schema import Facet, Fact, Initiative
from bot.wording import load_call_line, load_wording

if TYPE_CHECKING:
    from actions.reply import Turn

Facts = dict[str, tuple[str, int]]


def initiative(name: str, title: str, facts: Facts, related: tuple[str, ...] = ()) -> Initiative:
    facets = {
        Facet(facet): (Fact(fact=text, paragraph=(paragraph,)),)
        for facet, (text, paragraph) in facts.items()
    }
    return Initiative(
        id=name, name=title, aliases=(f"{title}さん",), related=related, facets=facets
    )


CARBON = initiative(
    "carbon",
    "カーボンゼロ2050",
    {
        "overview": ("脱炭素の戦略です。", 2),
        "schedule": ("令和2年（2020年）に始まりました。", 2),
        "purpose": ("脱炭素の社会をつくるためです。", 1),
    },
    ("giga",),
)
GIGA = initiative(
    "giga",
    "GIGAスクール",
    {"overview": ("新しい教育です。", 4), "schedule": ("4月に始まります。", 5)},
    ("carbon",),
)
TOWN = initiative(
    "town",
    "町内会・自治会支援",
    {"overview": ("地域の支え合いです。", 8), "schedule": ("6月までに示します。", 9)},
)
CARE = initiative("care", "地域包括ケア", {"overview": ("着実に進めます。", 18)})

KNOWLEDGE = Knowledge({one.id: one for one in (CARBON, GIGA, TOWN, CARE)})
SAY = Composer(Content(KNOWLEDGE, load_wording(), load_call_line(), "8:00〜21:00"))

Guesses = dict[str | None, float]


def message(  # noqa: PLR0913 - each argument is one part of what was understood
    text: str,
    intent: str = "ask",
    confidence: float = 0.9,
    *,
    named: str = "",
    near: str = "",
    topics: Guesses | None = None,
    facets: Guesses | None = None,
    foreign: float = 0.0,
    asking: float = 0.0,
    unknown: tuple[str, ...] = (),
    specific: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Rasa's latest message; `named` and `near` are pairs `id=text`, apart by blanks."""
    pairs = [
        (pair, kind) for pairs, kind in ((named, "exact"), (near, "near")) for pair in pairs.split()
    ]
    return {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [
            {"name": "out_of_scope", "confidence": foreign},
            {"name": "ask", "confidence": asking},
        ],
        "unknown": list(unknown),
        "specific": [*unknown, *specific],
        "mentions": [
            dict(zip(("initiative", "text", "kind"), (*pair.split("="), kind), strict=True))
            for pair, kind in pairs
        ],
        "topics": [{"initiative": k, "confidence": v} for k, v in (topics or {}).items()],
        "facets": [{"facet": k, "confidence": v} for k, v in (facets or {}).items()],
    }


def heard(
    text: str,
    *arguments: Any,
    slots: dict[str, Any] | None = None,
    **understood: Any,
) -> Understanding:
    """A message in a conversation whose slots are as given."""
    return read(message(text, *arguments, **understood), slots or {}, (), KNOWLEDGE)


def about(name: str, facet: str | None = "schedule", *offer: dict[str, str]) -> dict[str, Any]:
    """The slots after a turn."""
    return {"initiative": name, "facet": facet, "offer": list(offer)}


def choice(intent: str = "ask", name: str = "", facet: str = "") -> dict[str, str]:
    """The payload of a choice."""
    fields = {"intent": intent, "initiative": name, "facet": facet}
    return {key: value for key, value in fields.items() if value}


def outcome_of(turn: Turn) -> tuple[str, str | None, str | None]:
    """Outcome, initiative and facet of a turn's last reply."""
    last = turn.replies[-1]
    return str(last.outcome), last.initiative, last.facet
