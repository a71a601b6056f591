"""What a process serves: an opened store and an engine over it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from catalog.errors import ShopguideError
from guide.config import Settings
from guide.ports import Engine, Store, View

log = logging.getLogger("guide")


@dataclass
class Shop:
    """A store, an engine, and whether the encoder is warm."""

    settings: Settings
    store: Store
    engine: Engine
    warming: bool = field(default=False)

    def view(self) -> View:
        """The shop as it is now; one answer keeps one view."""
        return self.store.view(self.settings.now())

    @property
    def degraded(self) -> list[str]:
        """Why answers are less than they could be at this moment."""
        reasons = list(self.store.degraded)
        if self.warming and "encoder_warming" not in reasons:
            reasons.append("encoder_warming")
        return reasons

    async def warm(self) -> None:
        """Load the encoder beside the event loop; questions are answered from words alone meanwhile."""
        self.warming = True
        try:
            await asyncio.to_thread(self.store.warm)
        except ShopguideError as error:  # the store says so in `degraded`; words still find
            log.warning("no encoder: %s", error)
        finally:
            self.warming = False


Opener: TypeAlias = Callable[[Settings], Shop]


def open_shop(settings: Settings) -> Shop:
    """The shop in `settings.data`.

    Raises:
        SnapshotError: nothing was built there, or it is damaged.
    """
    from guide.engine import Engine
    from index.api import Store

    store = Store.open(settings.data, settings.snapshot)
    return Shop(settings, store, Engine(settings.generator))
