"""What several rooms' tests share: the sample shop, built once a session with words only."""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from absl import logging as absl_logging
from hypothesis import HealthCheck, settings
from small_shop import built

from catalog import feeds
from catalog.issues import Issue
from catalog.model import Product, Record
from index import api

# rouge-score brings absl, whose handler closes the stream it was born with, pytest's, when logging is set up anew.
absl_logging.get_absl_handler().python_handler.stream = sys.__stderr__
# A shared machine may stall for longer than Hypothesis allows.
settings.register_profile("shopguide", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shopguide")


@pytest.fixture(scope="session")
def sample_records() -> list[Record]:
    items = list(feeds.read(["sample"]))
    assert not [item for item in items if isinstance(item, Issue)]
    return [item for item in items if not isinstance(item, Issue)]


@pytest.fixture(scope="session")
def sample_products(sample_records: list[Record]) -> list[Product]:
    return [record for record in sample_records if isinstance(record, Product)]


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory, sample_records: list[Record]) -> Path:
    """Read only: a test that changes it takes `sample_copy`."""
    data = tmp_path_factory.mktemp("sample") / "data"
    built(data, *sample_records)
    return data


@pytest.fixture
def sample_copy(sample_data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_data, tmp_path / "data"))


@pytest.fixture(scope="session")
def sample_view(sample_data: Path) -> api.View:
    return api.open(sample_data).view(datetime.now(UTC))
