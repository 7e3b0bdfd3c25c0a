"""`python -m bot.knowledge [FOLDER]`: checks the content and says in Japanese what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.knowledge.loader import FOLDER, load_knowledge
from bot.knowledge.problems import KnowledgeError


def main(arguments: list[str]) -> int:
    """Checks a folder and returns the exit code: 1 if anything has to be mended."""
    folder = Path(arguments[0]) if arguments else FOLDER
    try:
        knowledge = load_knowledge(folder)
    except KnowledgeError as error:
        sys.stderr.write(f"{error}\n直すところが{len(error.problems)}件あります。\n")
        return 1
    facts = sum(
        len(facts) for one in knowledge.initiatives.values() for facts in one.facets.values()
    )
    sys.stdout.write(
        f"{len(knowledge.ids)}施策、{facts}件の内容を確かめました。問題はありません。\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
