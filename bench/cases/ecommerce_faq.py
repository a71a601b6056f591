"""ecommerce_faq: 79 frequently asked questions, asked as they stand and in other words.

    python -m bench.cases.ecommerce_faq ../shared/data/ecommerce_faq bench/out

The data has no licence and stays where it is: this file holds only our own paraphrases and the key facts an answer
must name, by line number of ecommerce_faq_79.jsonl. The facts are checked against the answers when the cases are
written. Entries with nearly the same answer are graded as relevant too.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.cases.write import folders, write
from catalog.model import Faq
from eval.cases import Case
from eval.metrics.answers import overlap
from eval.text.fold import contains

# From this token F1 on, two answers tell a shopper the same.
SAME_ANSWER = 0.75

# Line, paraphrase, facts; the parts of a fact joined by "|" are alternatives.
TABLE = """
1 · How do I register with your shop? · sign up
2 · Which ways of paying do you take? · paypal
3 · Where can I see how far my parcel has come? · order history
4 · How many days do I have to send something back for a refund? · 30 days
5 · Is it possible to call off a purchase I just made? · not been shipped|not shipped
6 · When will a parcel with standard delivery arrive? · 3-5 business days
7 · Do you deliver abroad? · select countries
8 · My parcel got lost on the way, what now? · customer support
9 · I typed the wrong delivery address at checkout, can it be corrected? · customer support
10 · How do I reach a person at your company? · phone|email
11 · Can you wrap a present for me? · additional fee|extra fee
12 · A competitor sells the same thing for less, will you match it? · identical product
13 · May I place an order over the telephone? · do not accept|not accept
14 · Is it safe to give you my card number? · encryption
15 · The price fell a few days after I bought it, do I get the difference? · 7 days
16 · Can I collect points for what I buy? · points
17 · Must I register to buy something? · guest
18 · Do large orders get a lower price? · wholesale
19 · I want to swap one article in an order I placed. · customer support
20 · Where do I write what I think of a product? · write a review
21 · Can I combine two coupon codes? · only one promo code|one promo code
22 · You sent me something else than I ordered. · correct item
23 · Is there a faster delivery option? · expedited
24 · The thing I want is out of stock, can I still get it? · notifications
25 · What do you write about in your newsletter? · new product releases|exclusive offers
26 · I do not like it after all, may I return it? · original condition
27 · Is there a chat with your staff? · chat icon|business hours
28 · Can you ship a present straight to my friend? · recipient
29 · My coupon is rejected, what can I do? · terms and conditions
30 · Can final sale goods go back? · non-returnable
31 · Will somebody install what I buy? · select products
32 · Can I still buy something you stopped making? · no longer available
33 · I have no receipt, can I return it? · receipt
34 · Can you send my order to another country? · select countries
35 · Can a personal note go with the present? · checkout
36 · Can somebody show me the product before I buy? · do not currently offer|not currently offer
37 · Can I buy what is announced as coming soon? · notifications
38 · I need an invoice. · included with your order|separate invoice
39 · How do I get a limited edition article? · restricted availability|as soon as possible
40 · I threw the box away, can I still return it? · without it|original packaging
41 · Can you put a sold-out article aside for me? · do not offer reservations|not offer reservations
42 · Can pre-order and in-stock goods go in one order? · once all items are available
43 · It arrived broken from transport, how do I return it? · customer support
44 · Will you stock the sold-out article again? · notifications
45 · What does backordered mean, can I order it? · restocked|once it becomes available
46 · How much do I get back for something I bought in a sale? · amount paid
47 · My product is damaged, is it repaired or replaced? · customer support
48 · It is out of stock but open for pre-order, may I order? · secure your item
49 · Where does the money go when a gift is returned? · original payment method
50 · May I ask for a discontinued article? · no longer available
51 · It says sold out, what can I do? · notifications|check back later
52 · I paid with a gift card, how am I refunded? · store credit|gift card
53 · You do not have my size. · size notifications|check back later
54 · It is coming soon with pre-order, can I reserve it by ordering? · secure your item
55 · I used a discount code, what do I get back on return? · amount paid
56 · Do you make things to measure? · do not currently offer|not currently offer
57 · What if an article is temporarily unavailable? · check back later|notifications
58 · I broke it by using it wrongly, can I return it? · may not be eligible
59 · Coming soon and no pre-order, what do I do? · officially released
60 · What does on hold mean for an article? · temporarily unavailable
61 · I lost the original receipt, can I return the article? · receipt
62 · Will limited edition articles come back? · may not be restocked
63 · A discontinued article still shows on the site. · error
64 · Do you take back clearance goods? · non-returnable
65 · I want something that is not on your site. · may not be available
66 · It is out of stock but on backorder, can I order? · secure your item
67 · How do I return one part of a set? · may vary
68 · When does an out-of-stock article come back? · notifications
69 · Coming soon with a pre-order button, may I buy? · secure your item
70 · The carrier handled my parcel badly and broke it. · customer support
71 · Please hold an out-of-stock article for me, is that possible? · do not offer reservations|not offer reservations
72 · It says pre-order and backorder, can I place an order? · secure your item
73 · I paid with store credit, how is a return refunded? · store credit
74 · Do you restock what is out of stock now? · notifications
75 · Sold out but open for pre-order, can I have it? · secure your item
76 · I bought with a promotional gift card, how do you refund? · store credit|gift card
77 · My favourite colour is not offered. · color notifications|check back later
78 · Coming soon, but it cannot be pre-ordered. · officially released
79 · I bought during a promotion, how is the refund worked out? · amount paid
"""
# What the 79 entries do not say.
UNANSWERABLE = (
    "Do you have a shop in Berlin?", "Who founded your company?", "How many people work for you?",
    "Do you offer student discounts?", "Can I pay in monthly instalments?", "Do you accept bitcoin?",
    "What is the energy rating of your fridges?", "Is there parking near your store?",
    "Which carrier delivers on Sundays?", "How heavy may a parcel be at most?",
    "Do you recycle old batteries?", "What is your policy on child labour?",
    "How many loyalty points make one dollar?", "Are you hiring drivers?",
)  # fmt: skip
OUT_OF_SCOPE = (
    "Write me a poem about autumn.", "What will the weather be tomorrow?", "Who won the football match last night?",
    "Solve x squared equals nine.", "Translate good morning into Spanish.", "Which party should I vote for?",
)  # fmt: skip
ACCOUNT = (
    "How many loyalty points do I have?", "Why was my card declined this morning?",
    "Show me the orders I placed last year.", "Delete my account now.", "Which email address do you have for me?",
)  # fmt: skip


def faqs(data: Path) -> list[Faq]:
    """The entries as records."""
    lines = (data / "ecommerce_faq_79.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [
        Faq(id=f"faq-{at:02}", question=row["question"], answer=row["answer"], language="en")
        for at, row in enumerate(rows, start=1)
    ]


def cases(shop: list[Faq]) -> Iterator[Case]:
    """All questions: as they stand, in other words, and those the entries cannot answer."""
    for entry, (paraphrase, must) in zip(shop, _table(), strict=True):
        missing = [fact for fact in must if not any(contains(entry.answer, part) for part in fact)]
        if missing:
            sys.exit(f"{entry.id}: its answer does not hold {missing}; is this ecommerce_faq_79.jsonl?")
        relevant = {other.id: 1.0 for other in shop if _same(entry, other)}
        facts: list[str | list[str]] = list(must)
        for kind, question in (("original", entry.question), ("paraphrase", paraphrase)):
            yield Case(
                id=f"{entry.id}-{kind}", question=question, relevant=relevant, references=[entry.answer], must=facts,
                tags=[kind],
            )  # fmt: skip
    for at, question in enumerate(UNANSWERABLE):
        yield Case(id=f"faq-unanswerable-{at}", question=question, answerable=False, tags=["unanswerable"])
    for at, question in enumerate(OUT_OF_SCOPE):
        yield Case(id=f"faq-out-of-scope-{at}", question=question, answerable=False, tags=["out_of_scope"])
    for at, question in enumerate(ACCOUNT):
        yield Case(
            id=f"faq-account-{at}", question=question, answerable=False, outcome=["out_of_scope", "refused"],
            tags=["order_account"],
        )  # fmt: skip


def _table() -> list[tuple[str, list[list[str]]]]:
    rows = [line.split(" · ") for line in TABLE.strip().splitlines()]
    return [(question, [facts.split("|")]) for _, question, facts in rows]


def _same(entry: Faq, other: Faq) -> bool:
    return entry is other or overlap(entry.answer, [other.answer], chinese=False)[2] >= SAME_ANSWER


if __name__ == "__main__":
    source, out = folders("bench.cases.ecommerce_faq")
    shop = faqs(source)
    write(out, "ecommerce_faq", shop, list(cases(shop)))
