"""A shop of three products and an engine with scripted answers: the API's tests stand on it, and the widget's.

The question chooses the script: "boom" raises midway, "slow" is silent for a minute, "broken" says it broke,
"flood" never ends, "unknown" finds no answer, anything with "compare"/对比 shows a table; otherwise headphones are
recommended.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime

from litestar import Litestar

from catalog.model import Product, Record, Translation, Variant, convert
from catalog.money import Money
from guide import config
from guide.app import create_app
from guide.config import Settings
from guide.events import (
    CitationEvent,
    ClaimSpan,
    Done,
    ErrorEvent,
    Event,
    FollowUps,
    Products,
    Status,
    TableEvent,
    Text,
)
from guide.model import Card, Cell, Question, Table, TableRow, Understanding
from guide.ports import Figures
from guide.shop import Shop
from guide.state.store import SqlState
from index.api import Change, Receipt, Rejection, StorageError
from index.filters import Filter, PriceFilter
from index.results import Coverage, Facets, FacetValue, Hit, LiveOffer, PassageRef, PriceFacet, Query, Results

RECORDS: dict[str, Record] = {
    record.id: record
    for record in (
        Product(
            id="audio-1", title="静海 N1 头戴式降噪耳机", brand="静海", language="zh", images=["/images/none.svg"],
            url="/p/audio-1", variants=[Variant(id="audio-1-b", options={"颜色": "黑色"})],
            translations={"en": Translation(title="Jinghai N1 noise-cancelling headphones")},
        ),
        Product(id="audio-2", title="Lark Go clip-on earbuds", brand="Lark", language="en", url="/p/audio-2"),
        Product(id="audio-3", title="云杉 S3 入耳式蓝牙耳机 超长续航 运动防水 40 小时", brand="云杉", language="zh"),
        convert({"type": "faq", "id": "faq-1", "question": "能退货吗？", "answer": "签收后七天内可以退货。"}),
    )
}  # fmt: skip
OFFERS = {
    "audio-1": LiveOffer(price=Money(29900, "CNY"), list_price=Money(39900, "CNY"), stock=12),
    "audio-1-b": LiveOffer(price=Money(31900, "CNY")),
    "audio-2": LiveOffer(price=Money(4990, "USD"), availability="out_of_stock"),
    "audio-3": LiveOffer(price=Money(19900, "CNY"), availability="preorder"),
}


class FakeView:
    """Everything passes, in the order of the records."""

    snapshot = "s-1"
    built_at = "2026-11-01T09:00:00+08:00"
    as_of = "2026-11-01T09:00:00+08:00"

    def search(self, query: Query) -> Results:
        self.last = query
        ids = [key for key, record in RECORDS.items() if ("product" in query.types) == isinstance(record, Product)]
        page = ids[query.offset : query.offset + query.k]
        hits = [
            Hit(id=key, type=query.types[0], score=0.9, scores={"lexical": 1.0},
                passage=PassageRef(key, "title", "zh", "标题"))
            for key in page
        ]  # fmt: skip
        return Results(hits=hits, total=len(ids))

    def facets(self, filter: Filter) -> Facets:  # noqa: A002
        low, high = Money(19900, "CNY"), Money(29900, "CNY")
        prices = [PriceFacet(low, high, 2, "audio-3", "audio-1", ["audio-3"], ["audio-1"])]
        stated = Coverage(price=2, brand=1, category=0, in_stock=2, rating_min=0, attributes={})
        return Facets(total=3, available=1, on_sale=0, brands=[FacetValue("静海", 1)], brand_count=1, categories=[],
                      category_count=0, prices=prices, rating=None, coverage=stated, attributes={},
                      numbers={})  # fmt: skip

    def record(self, record_id: str) -> Record | None:
        return RECORDS.get(record_id)

    def offer(self, product_id: str, variant_id: str | None = None) -> LiveOffer | None:
        return OFFERS.get(variant_id or product_id)


class FakeStore:
    """One view, and an encoder that is warm at once."""

    def __init__(self) -> None:
        self.degraded = ["encoder_loading"]
        self.refused: str | None = None
        self.full = False
        self.kept: list[tuple[Change, str]] = []
        self.closed = False
        self.view_given = FakeView()

    def view(self, now: datetime) -> FakeView:
        return self.view_given

    def warm(self, threads: int) -> None:
        self.degraded = ["encoder_missing"] if os.environ.get("FAKE_ENCODER") == "missing" else []

    def follow(self, prepare: Callable[[FakeView], None]) -> bool:
        return False

    def catch_up(self) -> bool:
        return False

    def append(self, changes: Sequence[Change], by: str) -> Receipt:
        if self.full:
            raise StorageError("overlay.db: disk is full")
        self.kept += [(change, by) for change in changes if change.id in RECORDS]
        rejected = [
            Rejection(index, change.id, "unknown_id", f"the shop has no product {change.id!r}")
            for index, change in enumerate(changes) if change.id not in RECORDS
        ]  # fmt: skip
        return Receipt(last_seq=len(self.kept), accepted=len(changes) - len(rejected), rejected=rejected)

    def close(self) -> None:
        self.closed = True


class FakeEngine:
    """Scripted answers; `ended` counts the generators whose `finally` ran."""

    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause
        self.asked: list[Question] = []
        self.ended = 0
        self.figures = Figures(failed_checks={"number": 2}, model_calls={"ok": 3, "timeout": 1})

    def warm(self, view: object) -> None:
        pass

    def shown(self, text: str, view: object) -> list[str]:
        return [key for key in OFFERS if key in text]

    def understand(self, question: Question, view: object) -> Understanding:
        limit = PriceFilter(currency="CNY", max=30000) if "300" in question.text else None
        language = "en" if question.text.isascii() else "zh"
        return Understanding(language=language, intent="find", query=question.text, filter=Filter(price=limit))

    async def answer(self, question: Question, view: FakeView, answer_id: str, explain: bool) -> AsyncIterator[Event]:
        self.asked.append(question)
        try:
            yield Status(answer_id)
            async for event in self._script(question, view, explain):
                await asyncio.sleep(self.pause)
                yield event
        finally:
            self.ended += 1

    async def _script(self, question: Question, view: FakeView, explain: bool) -> AsyncIterator[Event]:
        words = question.text.lower()
        english = question.text.isascii()
        if "boom" in words:
            yield Text("half ")
            raise RuntimeError("secret inside")
        if "broken" in words:
            yield ErrorEvent("urn:shopguide:error:internal", "It broke", "try again")
            return
        while "flood" in words:
            yield Text("more ")
        if "slow" in words:
            await asyncio.sleep(60)
        if "unknown" in words:
            yield Text("The records do not say.")
            yield Done(
                outcome="unanswerable", reason="no_field", language="en", confidence=0.0, writer="composer",
                snapshot=view.snapshot, as_of=view.as_of, understanding={}, claims=[], timings={}, usage={},
            )  # fmt: skip
            return
        shown = ["audio-1", "audio-2"] if "compare" in words or "对比" in words else ["audio-1", "audio-3"]
        yield Products([_card(key, english) for key in shown])
        if shown[1] == "audio-2":
            rows = [
                TableRow("价格" if not english else "Price", [Cell("¥299", 1), Cell("$49.90", 2)]),
                TableRow("续航" if not english else "Battery", [Cell("40 h", 1), Cell(None)]),
            ]
            yield TableEvent(Table(shown, rows))
        pieces = _EN if english else _ZH
        for piece in pieces:
            yield Text(piece)
        yield CitationEvent(1, "audio-1", "description", "主动降噪深度 42 dB，续航 40 小时。", "zh", "merchant")
        yield CitationEvent(2, "audio-1/review/3", "text", "地铁上几乎听不见报站。", "zh", "customer")
        yield FollowUps(["Is it comfortable with glasses?", "Show me cheaper ones"] if english else
                        ["戴眼镜会夹头吗？", "有没有更便宜的？"])  # fmt: skip
        text = "".join(pieces)
        yield Done(
            outcome="answered", language="en" if english else "zh", confidence=0.8, writer="composer",
            snapshot=view.snapshot, as_of=view.as_of, understanding={"intent": "find"},
            claims=[ClaimSpan(pieces[0], 0, len(pieces[0]), [1], "answer")], timings={"retrieve": 12.5},
            usage={}, evidence=[{"record_id": "audio-1", "text": text}] if explain else None,
        )  # fmt: skip


_ZH = ["静海 N1 的降噪深度有 42 dB，一次充电能听 40 小时 [1]。", "买家也说🎧“地铁上几乎听不见报站” [2]。",
       "\n\n预算再低一些，可以看云杉 S3，现在预订价 ¥199。"]  # fmt: skip
_EN = ["The Jinghai N1 cancels 42 dB and plays for 40 hours on a charge [1].",
       " A buyer says they could hardly hear the stops on the metro [2].",
       "\n\nOn a smaller budget, the S3 can be preordered for ¥199."]  # fmt: skip


def _card(key: str, english: bool) -> Card:
    record = RECORDS[key]
    assert isinstance(record, Product)
    title = "Jinghai N1 noise-cancelling headphones" if english and key == "audio-1" else record.title
    why = ("Deep noise cancelling, 40 h battery" if english else "降噪深，续航 40 小时") if key == "audio-1" else ""
    return Card(id=key, title=title, offer=OFFERS[key], url=record.url, image=(record.images or [None])[0], why=why,
                unverified=["alcohol_free"] if key == "audio-3" else [])  # fmt: skip


def open_fake(settings: Settings, pause: float = 0.0) -> Shop:
    """The fake shop behind the real API; what it keeps lies in memory, unless the settings say where."""
    state = SqlState(settings.state.url or "sqlite://", settings.state)
    return Shop(settings, FakeStore(), FakeEngine(pause), state)


def app() -> Litestar:
    """For a real server: settings from the environment, a pause between events as a person would see."""
    return create_app(config.load(), lambda settings: open_fake(settings, float(os.environ.get("FAKE_PAUSE", "0"))))
