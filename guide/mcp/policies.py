"""The shop's own texts: what its FAQs and policies say to a question, word for word with their sources."""

import msgspec

from guide.choose import choose
from guide.mcp.requests import AskPolicies, Call
from guide.mcp.shapes import ShopAnswer, Source
from guide.model import Question, Turn
from guide.shop import Shop


def answer(arguments: AskPolicies, shop: Shop, _: Call) -> ShopAnswer:
    """What the texts say, or why they do not: decided as /v1/ask decides, for a question about the shop."""
    history = (Turn("user", arguments.context),) if arguments.context else ()
    question, view = Question(text=arguments.query, history=history), shop.view()
    understood = shop.engine.understand(question, view)
    decision = choose(question, msgspec.structs.replace(understood, intent="shop_question"), view)
    glue = "" if decision.language == "zh" else " "
    return ShopAnswer(
        outcome=decision.outcome,
        reason=decision.reason,
        language=decision.language,
        answer=glue.join(
            sentence.text + "".join(f"[{n}]" for n in sentence.citations) for sentence in decision.sentences
        ),
        sources=[
            Source(n=e.n, record_id=e.record_id, field=e.field, quote=e.quote, language=e.language, source=e.source)
            for e in decision.evidence
        ],
    )
