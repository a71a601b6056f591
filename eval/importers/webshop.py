"""WebShop's human goals: what people said they want to buy (shared set).

Its products are not at hand, so no record says what is right: the goals are asked without gold.
"""

from collections.abc import Iterator
from pathlib import Path

from eval.cases import Case
from eval.importers.model import Found, Options, Plain, Problem, content_id
from eval.importers.text import json_lines, text_of


class Webshop(Plain):
    """Requests in people's own words."""

    name = "webshop_goals"
    source = "human_goals.jsonl or goal_query_map.jsonl"

    def cases(self, source: Path, options: Options) -> Iterator[Found | Problem]:
        """One case a goal."""
        for line in json_lines(source):
            if isinstance(line, Problem):
                yield line
            elif goal := text_of(line.row, "goal"):
                id_, language = content_id("webshop", goal), options.language or "en"
                case = Case(id=id_, question=goal, language=language, graded=False, tags=["request"])
                yield Found(str(source), line.number, case)
            else:
                yield Problem(file=str(source), line=line.number, code="no_question", message="no `goal`")
