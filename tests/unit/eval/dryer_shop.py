"""A shop of hair dryers and teas in two languages: yes/no fields, a sale that runs, reviews, every availability."""

from typing import Any

ROAR = {
    "type": "product", "id": "roar", "title": "岚风 L7 高速吹风机", "brand": "岚风 Lanfeng", "language": "zh",
    "categories": ["个护 Care", "吹风机 Hair Dryers"], "description": "转速很高，风力强劲。",
    "attributes": {"可折叠": False, "负离子": True, "材质": ["尼龙", "铝合金"], "功率": {"value": 1500, "unit": "W"},
                   "不粘涂层": True},
    "translations": {"en": {"title": "Lanfeng L7 High-Speed Dryer",
                            "attributes": {"foldable": False, "ionic": True, "material": ["nylon", "aluminium alloy"],
                                           "power": {"value": 1500, "unit": "W"}, "non-stick coating": True}}},
    "variants": [
        {"id": "roar-g", "options": {"颜色": "灰色"},
         "offer": {"price": "599.00", "currency": "CNY", "stock": 88}},
        {"id": "roar-p", "options": {"颜色": "紫色"},
         "offer": {"price": "629.00", "currency": "CNY", "availability": "backorder"}},
    ],
}  # fmt: skip
MOTE = {
    "type": "product", "id": "mote", "title": "麦柚 旅行吹风机 一号", "brand": "麦柚 Maiyou", "language": "zh",
    "categories": ["个护 Care", "吹风机 Hair Dryers"], "description": "小巧轻便，适合出门。",
    "attributes": {"可折叠": True, "重量": {"value": 380, "unit": "g"}},
    "translations": {"en": {"title": "Maiyou Travel Dryer One",
                            "attributes": {"foldable": True, "weight": {"value": 380, "unit": "g"}}}},
    "offer": {"price": "119.00", "currency": "CNY", "availability": "preorder"},
}  # fmt: skip
SALE = {"type": "promotion", "id": "sale", "kind": "flash_sale", "product_ids": ["roar"], "price": "499.00",
        "starts_at": "2026-11-21T00:00:00+00:00", "ends_at": "2026-11-24T00:00:00+00:00",
        "terms": "岚风 L7 限时秒杀，每人限购一台。 Lanfeng L7 flash sale, one dryer a person."}  # fmt: skip
REVIEW = {"type": "review", "id": "roar/review/1", "product_id": "roar", "rating": 4, "language": "zh",
          "date": "2026-10-31T00:00:00+00:00", "text": "头发两分钟就干。声音比想的小，很满意。"}  # fmt: skip
QA = {"type": "qa", "id": "roar/qa/1", "product_id": "roar", "question": "线多长？", "answer": "电线长约 1.8 米。",
      "language": "zh"}  # fmt: skip
RECORDS: list[dict[str, Any]] = [ROAR, MOTE, SALE, REVIEW, QA]


def dryer_answer(text: str, record_ids: str = "roar", cards: str = "roar", **fields: Any) -> dict[str, Any]:
    """An answer with a card and a citation for each of the ids."""
    titles = {"roar": "岚风 L7 高速吹风机", "mote": "麦柚 旅行吹风机 一号"}
    return {
        "answer_id": "a", "outcome": "answered", "text": text, "language": "zh",
        "products": [{"id": id_, "title": titles[id_]} for id_ in cards.split()],
        "citations": [{"n": n, "record_id": id_} for n, id_ in enumerate(record_ids.split(), start=1)],
        **fields,
    }  # fmt: skip
