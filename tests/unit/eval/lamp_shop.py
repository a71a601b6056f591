"""A small shop, and answers about it in the wire's shape."""

from typing import Any

LAMP = {
    "type": "product", "id": "lamp", "title": "Aurora Desk Lamp", "brand": "Lumo", "categories": ["Lamps"],
    "description": "A bright lamp for long evenings. The arm folds flat.",
    "attributes": {"battery_life": {"value": 30, "unit": "h"}, "weight": {"value": 1.2, "unit": "kg"},
                   "waterproof": False, "warranty": {"value": 2, "unit": "year"}},
    "variants": [
        {"id": "lamp-b", "options": {"color": "black"},
         "offer": {"price": "49.90", "currency": "USD", "list_price": "59.90", "availability": "in_stock"}},
        {"id": "lamp-w", "options": {"color": "white"},
         "offer": {"price": "54.00", "currency": "USD", "availability": "out_of_stock"}},
    ],
    "url": "https://shop.example/lamp", "rating": {"value": 4.5, "count": 120}, "language": "en",
}  # fmt: skip
CUP = {
    "type": "product", "id": "cup", "title": "青山保温杯", "brand": "青山", "categories": ["杯壶"],
    "description": "双层不锈钢，容量 500 毫升，保温 12 小时。",
    "attributes": {"容量": {"value": 500, "unit": "ml"}, "防水": True},
    "offer": {"price": "299.00", "currency": "CNY", "availability": "in_stock", "stock": 12}, "language": "zh",
}  # fmt: skip
RETURNS = {"type": "policy", "id": "returns", "title": "Returns", "language": "en",
           "body": "You can return goods within 30 days. Orders over $50 ship free."}  # fmt: skip
SALE = {"type": "promotion", "id": "sale", "kind": "flash_sale", "product_ids": ["lamp"], "discount": {"percent": 10},
        "starts_at": "2024-05-01T00:00:00+00:00", "ends_at": "2024-05-02T00:00:00+00:00"}  # fmt: skip
RECORDS = [LAMP, CUP, RETURNS, SALE]


def lamp_answer(text: str = "The Aurora Desk Lamp costs $49.90 [1].", **fields: Any) -> dict[str, Any]:
    """An answer about the black lamp in the wire's shape."""
    card = {
        "id": "lamp", "variant_id": "lamp-b", "title": "Aurora Desk Lamp", "url": "https://shop.example/lamp",
        "offer": {"price": {"amount": 4990, "currency": "USD"}, "availability": "in_stock"},
    }  # fmt: skip
    citation = {"n": 1, "record_id": "lamp", "field": "offer.price", "quote": "49.90 USD"}
    evidence = [{"record_id": "lamp", "field": "description", "text": LAMP["description"], "language": "en"}]
    body = {"outcome": "answered", "text": text, "products": [card], "citations": [citation], "evidence": evidence}
    return {"answer_id": "a1", "language": "en", "confidence": 0.9, **body, **fields}
