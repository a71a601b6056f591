"""What a process serves: an opened store, an engine over it, and what is kept of shoppers."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from guide.config import Settings
from guide.errors import StateError
from guide.ports import Engine, Store
from guide.state.ports import State
from index.api import View

log = logging.getLogger("guide")


@dataclass(frozen=True)
class Shop:
    """A store, an engine, a state, and the settings they run under."""

    settings: Settings
    store: Store
    engine: Engine
    state: State

    def view(self) -> View:
        """The shop as it is now; one answer keeps one view."""
        return self.store.view(self.settings.now())

    def warm(self) -> None:
        """Load the encoder; blocks for seconds. Until then, and without it, words alone find."""
        self.store.warm(max(1, (os.cpu_count() or 1) // self.settings.workers))
        self.engine.warm(self.view())

    def follow(self) -> None:
        """Serve the snapshot that was switched to since, once it is loaded and ready for its first question."""
        refused = self.store.refused
        if self.store.follow(self.engine.warm):
            log.info("serving snapshot=%s", self.view().snapshot)
        elif self.store.refused not in {None, refused}:
            log.error("the new snapshot is refused: %s; the one before it stays", self.store.refused)

    def purge(self) -> None:
        """Remove what was kept long enough."""
        try:
            self.state.purge()
        except StateError as error:
            log.warning("%s; what is too old stays until the next look", error)


Opener: TypeAlias = Callable[[Settings], Shop]


def open_shop(settings: Settings) -> Shop:
    """The shop in `settings.data`.

    Raises:
        SnapshotError: nothing was built there, or it is damaged.
        ConfigError: `state.url` cannot be used.
    """
    from index import api

    store = api.open(settings.data, settings.snapshot)  # first: without data nothing else needs to load
    from guide.engine import Engine
    from guide.state.store import open_state

    return Shop(settings, store, Engine(settings.generator), open_state(settings))
