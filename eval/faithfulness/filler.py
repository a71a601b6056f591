"""Words that carry no fact: how a sentence begins, points at the product, says where one looked (filler.toml)."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from eval.text.fold import READ_ONCE


@lru_cache(maxsize=READ_ONCE)
def without_filler(text: str) -> str:
    """The text with blanks for all that carries no fact; offsets stay."""
    return _pattern().sub(lambda match: " " * len(match[0]), text.replace("’", "'"))


@cache
def _pattern() -> re.Pattern[str]:
    listed = tomllib.loads(files("eval.faithfulness").joinpath("filler.toml").read_text("utf-8"))
    chinese = [phrase for group in listed["zh"].values() for phrase in group]
    english = [rf"(?<![\w-])(?:{phrase})(?![\w-])" for group in listed["en"].values() for phrase in group]
    return re.compile("|".join([*chinese, *english]), re.IGNORECASE)
