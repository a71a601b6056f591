"""Words that carry no fact: how a sentence begins, points at the product, says where one looked (filler.toml)."""

import re
from functools import cache, lru_cache

from eval.text.blank import blanked
from eval.text.fold import READ_ONCE
from eval.text.listed import listed


@lru_cache(maxsize=READ_ONCE)
def without_filler(text: str) -> str:
    """The text with blanks for all that carries no fact; offsets stay."""
    return blanked(text.replace("’", "'"), _pattern())


@cache
def _pattern() -> re.Pattern[str]:
    lists = listed("eval.faithfulness", "filler.toml")
    chinese = [phrase for group in lists["zh"].values() for phrase in group]
    english = [rf"(?<![\w-])(?:{phrase})(?![\w-])" for group in lists["en"].values() for phrase in group]
    return re.compile("|".join([*chinese, *english]), re.IGNORECASE)
