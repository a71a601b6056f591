"""The keys as one process knows them: a request looks, a background thread reads them again."""

import hmac
import logging
from datetime import UTC, datetime
from pathlib import Path

from guide.errors import KeyringError
from guide.security import keys
from guide.security.keys import Key

log = logging.getLogger("guide")


class KeyRing:
    """Keys of a data folder; whoever holds it sees what the last `refresh` read."""

    def __init__(self, data: Path) -> None:
        """Read them once.

        Raises:
            KeyringError: they cannot be read.
        """
        self._data = data
        self._known = keys.read(data)

    @property
    def keyed(self) -> bool:
        """Whether a key is needed: one was made at some time, even if it is over now."""
        return bool(self._known)

    def refresh(self) -> None:
        """Read the keys again. If they are gone or unreadable the last ones stay: a fault must not open the door."""
        try:
            self._known = keys.read(self._data) or self._known
        except KeyringError as error:
            log.warning("%s; the keys that were read before stay in force", error)

    def find(self, token: str) -> Key | None:
        """The valid key that `token` is, or None; every key is compared, and in constant time."""
        wanted, now = keys.digest(token), datetime.now(UTC)
        same = [key for mark, key in self._known.items() if hmac.compare_digest(mark, wanted)]
        return next((key for key in same if key.valid(now)), None)

    def origins(self) -> set[str]:
        """Pages that some valid key is for."""
        now = datetime.now(UTC)
        return {origin for key in self._known.values() if key.valid(now) for origin in key.origins}
