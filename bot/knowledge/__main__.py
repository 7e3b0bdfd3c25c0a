"""`python -m bot.knowledge [FOLDER]`: checks the content and says in Japanese what is wrong.

Without a folder the other texts that staff write are checked too: the replies in plain Japanese,
and the list of readings.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.errors import BotError
from bot.knowledge.loader import FOLDER, load_knowledge
from bot.knowledge.plain_check import problems_of_facts, problems_of_replies
from bot.knowledge.problems import KnowledgeError
from bot.reading.corrections import load_corrections
from bot.wording import load_wording


def main(arguments: list[str]) -> int:
    """Checks a folder and returns the exit code: 1 if anything has to be mended."""
    try:
        counted = _check(Path(arguments[0]) if arguments else None)
    except KnowledgeError as error:
        sys.stderr.write(f"{error}\n直すところが{len(error.problems)}件あります。\n")
        return 1
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{counted}の内容を確かめました。問題はありません。\n")
    return 0


def _check(folder: Path | None) -> str:
    """How much there is in the folder, or in ours.

    Raises:
        BotError: with everything that is wrong.
    """
    knowledge = load_knowledge(folder or FOLDER)
    problems = list(problems_of_facts(knowledge, folder or FOLDER))
    if folder is None:
        problems += problems_of_replies(load_wording(), knowledge)
        load_corrections()
    if problems:
        raise KnowledgeError(sorted(problems))
    facts = sum(
        len(facts) for one in knowledge.initiatives.values() for facts in one.facets.values()
    )
    return f"{len(knowledge.ids)}施策、{facts}件"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
