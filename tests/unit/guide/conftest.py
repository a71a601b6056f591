from pathlib import Path

import pytest

import catalog.sample
from catalog.model import Faq, Policy, Product, decode
from catalog.money import Money
from guide.model import Question, Understanding
from guide.understand import Shop, understand


@pytest.fixture(scope="session")
def shop() -> Shop:
    folder = Path(catalog.sample.__file__).parent
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    records = [decode(line) for line in lines]
    texts = [record for record in records if isinstance(record, Faq | Policy)]
    return Shop.build([record for record in records if isinstance(record, Product)], texts)


@pytest.fixture(scope="session")
def read(shop, sample_view):
    def price(product_id: str) -> Money | None:
        offer = sample_view.offer(product_id)
        return offer.price if offer else None

    def ask(text: str, **context) -> Understanding:
        return understand(Question(text=text, **context), shop, price)

    return ask
