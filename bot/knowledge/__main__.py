"""`python -m bot.knowledge [FOLDER]`: checks the content and says in Japanese what is wrong.

Without a folder the other texts that staff write are checked too: the replies in plain Japanese,
and the list of readings.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.errors import BotError
from bot.knowledge.loader import load_knowledge
from bot.knowledge.plain import PlainJapanese
from bot.knowledge.plain_check import problems_of_facts, problems_of_replies
from bot.knowledge.plain_rules import FILE as RULES
from bot.knowledge.plain_rules import load_rules
from bot.knowledge.problems import KnowledgeError
from bot.reading.corrections import load_corrections
from bot.wording import DATA, load_wording


def main(arguments: list[str], data: Path = DATA) -> int:
    """Checks a folder, or all in `data`, and returns the exit code: 1 if anything is wrong."""
    try:
        counted = _check_folder(Path(arguments[0])) if arguments else _check_all(data)
    except KnowledgeError as error:
        sys.stderr.write(f"{error}\n直すところが{len(error.problems)}件あります。\n")
        return 1
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{counted}の内容を確かめました。問題はありません。\n")
    return 0


def _check_all(data: Path) -> str:
    """The facts, the replies and the readings.

    Raises:
        BotError: with what is wrong.
    """
    counted = _check_folder(data / "knowledge", data / RULES.name)
    names = load_knowledge(data / "knowledge").names.values()
    plain = PlainJapanese(load_rules(data / RULES.name), names)
    wording = load_wording(data / "replies.yml")
    problems = problems_of_replies(wording, data / "replies_easy.yml", plain)
    if problems:
        raise KnowledgeError(sorted(problems))
    load_corrections(data / "readings.yml")
    return counted


def _check_folder(folder: Path, rules: Path = RULES) -> str:
    """The facts alone; how many there are, in words.

    Raises:
        BotError: with everything that is wrong.
    """
    knowledge = load_knowledge(folder)
    plain = PlainJapanese(load_rules(rules), knowledge.names.values())
    problems = problems_of_facts(knowledge, folder, plain)
    if problems:
        raise KnowledgeError(sorted(problems))
    facts = sum(
        len(facts) for one in knowledge.initiatives.values() for facts in one.facets.values()
    )
    return f"{len(knowledge.ids)}施策、{facts}件"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
