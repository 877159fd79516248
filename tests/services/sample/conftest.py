"""A book that was filled once for all tests that only look."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from clientele.store.session import Store, open_store
from tests.conftest import DATA_KEY
from tests.services.sample.looking import filled


@pytest.fixture(scope="package")
def sample(empty_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("sample") / "book.clientele"
    shutil.copyfile(empty_book, path)
    path.chmod(0o600)
    store = open_store(path, DATA_KEY)
    filled(store)
    yield store
    store.close()
