"""How cases belong together: the slices a report tells apart, and the topics that are drawn as one."""

from eval.cases import Case
from eval.text.fold import is_chinese

KINDS = ("language", "intent", "tag")
"""What stands before the colon of a slice's name."""
_TOPICS = ("topic:", "group:")


def names_of(case: Case, intent: str | None) -> list[str]:
    """Its language, its tags, and what was wanted: by a tag `intent:…`, else as the guide read it.

    A topic is no slice: a thousand cases may have eight hundred.
    """
    tagged = [tag for tag in case.tags if tag.startswith("intent:")]
    language = case.language or ("zh" if is_chinese(None, case.question) else "en")
    read = [f"intent:{intent}"] if intent and not tagged else []
    tags = [tag for tag in case.tags if tag not in tagged and not tag.startswith(_TOPICS)]
    return [f"language:{language}", *tagged, *read, *(f"tag:{tag}" for tag in tags)]


def topic_of(case: Case) -> str:
    """What the case is about; cases with one topic are drawn together.

    A tag `topic:…` or `group:…` says so, else the product page it is asked on, else the one record that answers it
    (a review or an answered question counts for its product). Any other case is its own topic. A case about several
    records is not joined with each of them: chains of comparisons would make the whole file one topic.
    """
    said = [tag for tag in case.tags if tag.startswith(_TOPICS)]
    if said:
        return said[0]
    records = case.product_ids[:1] or (list(case.relevant) if len(case.relevant) == 1 else [])
    return f"record:{records[0].split('/')[0]}" if records else f"case:{case.id}"
