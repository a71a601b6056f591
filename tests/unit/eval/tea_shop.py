"""A small bilingual shop with everything the generator asks about, and what it must not ask about."""

from typing import Any

from catalog.model import Record, convert


def kettle(number: int, name: str, price: str, **changes: Any) -> dict[str, Any]:
    """A kettle of the brand 山泉 Shanquan; `changes` are to the record."""
    record = {
        "type": "product", "id": f"kettle-{number}", "title": f"山泉 {name}壶", "brand": "山泉 Shanquan",
        "categories": ["厨房 Kitchen", "水壶 Kettles"], "language": "zh", "url": f"/p/{number}",
        "attributes": {"重量": {"value": 0.9 + number / 10, "unit": "kg"}, "无线": True},
        "offer": {"price": price, "currency": "CNY", "availability": "in_stock"},
        "translations": {"en": {"title": f"Shanquan {name} kettle", "attributes": {
            "weight": {"value": 900 + number * 100, "unit": "g"}, "cordless": True}}},
    }  # fmt: skip
    return record | changes


def tea(number: int, name: str, brand: str, price: str, stock: str = "in_stock") -> dict[str, Any]:
    """A tea of an English-speaking merchant."""
    return {
        "type": "product", "id": f"tea-{number}", "title": f"{brand} {name} loose leaf", "brand": brand,
        "language": "en", "categories": ["Kitchen", "Teas"],
        "attributes": {"origin": ["Nepal", "Kenya", "Assam"][number], "net weight": {"value": 100, "unit": "g"}},
        "offer": {"price": price, "currency": "CNY", "availability": stock},
    }  # fmt: skip


TEAS = [
    tea(0, "Morning", "Highfield", "48.00"),
    tea(1, "Evening", "Lowfield", "62.00"),
    tea(2, "Midnight", "Highfield", "19.00", "out_of_stock"),
]
DELIVERY = {"question": "How long does delivery take?", "answer": "Usually 3 days."}
OTHERS: list[dict[str, Any]] = [
    {"type": "faq", "id": "faq-1", "question": "多久能到？", "answer": "一般 3 天送到。", "language": "zh",
     "translations": {"en": DELIVERY}},
    {"type": "policy", "id": "returns", "title": "退货政策", "language": "zh",
     "body": "## 期限\n签收后 7 天内可退。\n\n## 运费\n运费 12 元。"},
    {"type": "qa", "id": "kettle-1/qa/1", "product_id": "kettle-1", "question": "线有多长？", "answer": "80 厘米。"},
    {"type": "promotion", "id": "sale", "kind": "flash_sale", "product_ids": ["kettle-2"], "price": "99.00",
     "starts_at": "2026-05-01T00:00:00+00:00", "ends_at": "2026-05-03T00:00:00+00:00"},
    {"type": "promotion", "id": "coupon", "kind": "coupon", "product_ids": ["kettle-3"], "discount": {"percent": 15},
     "starts_at": "2026-05-01T00:00:00+00:00", "ends_at": "2026-05-09T00:00:00+00:00"},
]  # fmt: skip
RECORDS = [kettle(1, "晨光", "129.00"), kettle(2, "暮色", "159.00"), kettle(3, "正午", "219.00"), *TEAS, *OTHERS]


def records(*changed: dict[str, Any]) -> list[Record]:
    """The shop with some records put in, or in place of those with their ids."""
    by_id = {record["id"]: record for record in [*RECORDS, *changed]}
    return [convert(record) for record in by_id.values()]
