"""Kinds of words that an edit exchanges for one another: opposites, and closed classes such as months."""

import re

_OPPOSITES = """
increase decrease, increased decreased, increases decreases, increasing decreasing, more less, more fewer, higher lower,
high low, before after, first last, always never, up down, positive negative, better worse, best worst, most least,
large small, larger smaller, big small, big little, old new, older younger, young old, early late, earlier later,
same different, similar different, easy difficult, easy hard, simple complex, include exclude, including excluding,
with without, win lose, won lost, buy sell, bought sold, rise fall, rose fell, rising falling, strong weak,
stronger weaker, success failure, succeed fail, gain loss, gains losses, open closed, start end, started ended,
begin end, began ended, left right, top bottom, inside outside, above below, over under, on off, hot cold, long short,
longer shorter, fast slow, faster slower, expensive cheap, free paid, public private, accept reject, accepted rejected,
accepts declines, approve deny, allow forbid, allows prevents, enable disable, add remove, added removed, all some,
all none, many few, some none, both neither, man woman, men women, he she, his her, him her, son daughter,
father mother, brother sister, husband wife, boy girl, male female, day night, optional mandatory, optional required,
maximum minimum, full empty, full partial, safe dangerous, likely unlikely, able unable, agree disagree, agrees refuses,
agreed refused, like dislike, likes dislikes, love hate, loves hates, support oppose, supports opposes, confirm deny,
confirmed denied, remember forget, present absent, internal external, input output, upper lower, front back,
single multiple, manual automatic, indoor outdoor, soft hard, thick thin, light heavy, light dark, wide narrow,
dry wet, increase reduce, increased reduced, expand reduce, expanded reduced, improve worsen, improved worsened,
guilty innocent, alive dead, major minor, local global, optimistic pessimistic, satisfied dissatisfied, happy sad,
happy unhappy, interested uninterested, possible impossible, important unimportant, true false, right wrong,
supervised unsupervised, efficient inefficient, effective ineffective, significant insignificant, growth decline,
grow shrink, grew declined, exceed miss, exceeded missed, ahead behind, favorable unfavorable, advantage disadvantage,
advantages disadvantages, benefit harm, benefits drawbacks, upgrade downgrade, praise criticize, praised criticized,
encourage discourage, encourages discourages, can cannot, will won't, is isn't, arrive leave, arrived left, come go,
came went, give take, gave took, lend borrow, teach learn, push pull, borrow lend, ask answer, asks answers,
permanent temporary, static dynamic, global local, specific general, general specific, necessary unnecessary,
limited unlimited, discount surcharge, novel traditional, modern ancient, near far, often rarely, frequently rarely,
exclusive shared, only also, partially fully, entirely partly, slightly significantly, minimal maximal, lowest highest,
east west, north south, eastern western, northern southern, morning evening
"""
_CLASSES = (
    "january february march april may june july august september october november december",
    "monday tuesday wednesday thursday friday saturday sunday",
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundred dozen",
    "first second third fourth fifth sixth seventh eighth ninth tenth last",
    "all most many some several few none every each any both only half majority minority",
    "second seconds minute minutes hour hours day days week weeks month months quarter quarters year years decade",
    "thousand million billion trillion percent percentage points dollars euros pounds",
    "black white red blue green grey gray pink purple yellow brown orange silver gold",
    "always never often sometimes usually rarely occasionally frequently",
    "must should may might can could will would shall",
    "he she his her him hers himself herself",
    "father mother brother sister son daughter husband wife uncle aunt cousin friend boyfriend girlfriend parents",
    "north south east west northern southern eastern western",
)
_DENIALS = """
no not never none nothing neither nor without cannot nobody hardly unable lack lacks lacking except unless
"""
_NEGATIONS = frozenset(_DENIALS.split())
_PREFIX = re.compile(r"^(?:un|in|im|ir|il|dis|non|mis)(?=[a-z]{4})")

OPPOSITES: dict[str, set[str]] = {}
for _pair in _OPPOSITES.replace("\n", " ").split(","):
    _one, _other = _pair.split()
    OPPOSITES.setdefault(_one, set()).add(_other)
    OPPOSITES.setdefault(_other, set()).add(_one)

CLASS_OF: dict[str, int] = {word: at for at, words in enumerate(_CLASSES, start=1) for word in reversed(words.split())}
"""Word -> number of its closed class, from 1."""


def is_negation(word: str) -> bool:
    """Whether a lower-case word denies what stands beside it."""
    return word in _NEGATIONS or word.endswith(("n't", "n’t"))


def opposites(word: str) -> set[str]:
    """The words that would deny it: listed opposites, and itself with or without a negating prefix."""
    bare = _PREFIX.sub("", word)
    return OPPOSITES.get(word, set()) | ({bare} if bare != word else set())


def denied_forms(word: str) -> set[str]:
    """A word with each negating prefix: unhappy, dishappy, …; only those that exist can be met in a text."""
    return {prefix + word for prefix in ("un", "in", "im", "ir", "il", "dis", "non", "mis")}
