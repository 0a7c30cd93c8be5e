"""100,000 incidents: written by the store against bare SQL, found, walked, checked."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.domain.changes import Action
from antq_desktop.domain.listing import COUNTED_AT_ONCE, Listing
from antq_desktop.domain.records.incidents import INCIDENT
from antq_desktop.paths import codes_folder
from antq_desktop.services.lists import Lists
from antq_desktop.services.selfcheck import check_store
from antq_desktop.storage.store import STORE_FILE, Store
from tests.benchmarks.bare import Bare
from tests.benchmarks.incidents import (
    OFFICER,
    RARE,
    filled_store,
    key_of,
    new_store,
    opened,
    rows_and_texts,
)
from tests.benchmarks.ratios import Measured, absolute, against

COUNT = 100_000
WINDOW = 100
AT_ONCE = 0.050  # seconds: what a person takes for at once
QUERIES = {
    "rare word": RARE,
    "frequent word": "duong",
    "two words in every incident": "thôn mẫu",
    "three words": "mat trom ga",
    "year": "2017",
    "one letter": "d",
    "other letter": "m",
    "no hit": "zzz",
    "nothing typed": "",
}


def measure() -> list[Measured]:
    """Measure writing into empty stores first, then everything else in one that is full."""
    with tempfile.TemporaryDirectory(prefix="antq-bench-") as temporary:
        folder = Path(temporary)
        lines = [_bulk(folder / "bulk")]
        store = filled_store(folder / "full", COUNT)
        store.close()
        size = sum(path.stat().st_size for path in (folder / "full").iterdir()) / 1e6
        lines.append(Measured("bytes of the store, history included", size, size, 400.0, "M"))
        store = opened(folder / "full")
        try:
            lines += [*_searches(store), *_checks(store)]
        finally:
            store.close()
    return lines


class _Pair:
    """Two copies of an empty store, one opened by the program, one by its driver alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        new_store(folder / "empty").close()
        self._key = key_of(folder / "empty")
        self.alike = True
        self._open()

    def _open(self) -> None:
        for name in ("ours", "bare"):
            shutil.rmtree(self._folder / name, ignore_errors=True)
            shutil.copytree(self._folder / "empty", self._folder / name)
        self.ours = opened(self._folder / "ours")
        self.bare = Bare(self._folder / "bare" / STORE_FILE, self._key)

    def close(self) -> None:
        """Let both go, after a look whether they hold the same."""
        self.ours.close()
        check = Bare(self._folder / "ours" / STORE_FILE, self._key)
        self.alike &= check.rows("incident") == self.bare.rows("incident")
        self.alike &= check.found("duong") == self.bare.found("duong")
        check.close()
        self.bare.close()

    def renew(self) -> None:
        """Take two new copies."""
        self.ours.close()
        self.bare.close()
        self._open()


def _bulk(folder: Path) -> Measured:
    rows, texts = rows_and_texts(COUNT)
    pair = _Pair(folder)

    def ours() -> None:
        with pair.ours.writing(OFFICER, Action.ADD) as work:
            work.insert_rows(INCIDENT, rows, texts)

    def theirs() -> None:
        pair.bare.many(rows, texts)

    line = against("write the rows", ours, theirs, limit=1.5, prepare=pair.renew)
    pair.close()
    if not pair.alike:
        raise RuntimeError("ours and bare SQL did not write the same rows")
    return line


def _searches(store: Store) -> Iterator[Measured]:
    lists = Lists(store, load_codes(codes_folder()))
    names = [field.name for field in INCIDENT.fields if field.listed]
    for told, typed in QUERIES.items():
        listing = lists.listing(INCIDENT.kind, typed)

        def look(listing: Listing = listing) -> None:
            lists.window(listing, names, limit=WINDOW)
            lists.count(listing, COUNTED_AT_ONCE)

        yield absolute(f"find {told}: 100 rows and their number", look, limit=AT_ONCE)
    everything = lists.listing(INCIDENT.kind)
    deep = lists.at(INCIDENT.kind, lists.places(everything, COUNT)[COUNT // 2 :][:1], ())[0].place

    def window_at_depth() -> None:
        lists.window(everything, names, after=deep, limit=WINDOW)

    def all_hits() -> None:
        lists.places(lists.listing(INCIDENT.kind, "duong"), COUNT)

    yield absolute("the window behind the 50,000th", window_at_depth, limit=0.010)
    yield absolute("row numbers of 20,000 hits in their order", all_hits, limit=0.100)


def _checks(store: Store) -> Iterator[Measured]:
    codes = load_codes(codes_folder())

    def check() -> None:
        if not all(finding.holds for finding in check_store(store, codes)):
            raise RuntimeError("the check of the program by itself found a fault")

    yield absolute("verify the history", store.verify_history, limit=10.0, calls=3)
    yield absolute("check everything", check, limit=20.0, calls=3)
