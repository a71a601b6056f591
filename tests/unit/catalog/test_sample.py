from collections import Counter
from datetime import UTC, datetime, timedelta

from catalog import sample
from catalog.model import Faq, Policy, Product, Promotion, Record, Review, type_name

NOW = datetime(2026, 11, 11, tzinfo=UTC)


def test_the_shop_is_as_large_and_varied_as_promised(sample_records: list[Record]) -> None:
    counts = Counter(map(type_name, sample_records))
    assert counts["product"] >= 120
    assert counts["faq"] + counts["policy"] >= 40
    assert counts["review"] >= 250
    assert counts["promotion"] >= 12
    departments = {record.categories[0] for record in sample_records if isinstance(record, Product)}
    assert len(departments) >= 8


def test_every_kind_of_promotion_and_opinion_is_there(sample_records: list[Record]) -> None:
    kinds = {record.kind for record in sample_records if isinstance(record, Promotion)}
    assert kinds == {"flash_sale", "group_buy", "coupon", "bundle"}
    stars = [record.rating for record in sample_records if isinstance(record, Review) and record.rating is not None]
    assert min(stars) <= 2
    assert max(stars) >= 4
    assert all(record.date for record in sample_records if isinstance(record, Review))


def test_edge_cases_are_there(sample_products: list[Product]) -> None:
    offers = [variant.offer or product.offer for product in sample_products for variant in product.variants]
    offers += [product.offer for product in sample_products if not product.variants]
    assert any(offer and offer.availability == "out_of_stock" for offer in offers)
    assert any(offer and offer.list_price for offer in offers)
    assert {offer.currency for offer in offers if offer} == {"CNY", "USD"}
    assert any(product.language == "zh" and not product.translations for product in sample_products)


def test_both_languages_are_spoken(sample_records: list[Record]) -> None:
    for kind in (Product, Faq, Policy):
        spoken = {record.language for record in sample_records if isinstance(record, kind)}
        translated = {name for record in sample_records if isinstance(record, kind) for name in record.translations}
        assert {"zh", "en"} <= spoken | translated


def test_opinions_and_promotions_speak_of_products_that_exist(sample_records: list[Record]) -> None:
    products = {record.id for record in sample_records if isinstance(record, Product)}
    for record in sample_records:
        if isinstance(record, Review):
            assert record.product_id in products
        elif isinstance(record, Promotion):
            assert products.issuperset(record.product_ids)


def test_dates_are_counted_from_the_given_moment() -> None:
    today = b"".join(line for _, lines in sample.files(NOW) for line in lines)
    later = b"".join(line for _, lines in sample.files(NOW + timedelta(days=30)) for line in lines)
    assert b'"T-' not in today
    assert b'"T+' not in today
    assert b'"2026-11-10T00:00:00+00:00"' in today
    assert b'"2026-12-10T00:00:00+00:00"' in later
