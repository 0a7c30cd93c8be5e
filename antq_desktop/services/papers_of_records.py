"""Papers of one record: read it with all that belongs to it, and fill its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Values
from antq_desktop.domain.listing import Listing
from antq_desktop.domain.records import children_of
from antq_desktop.services import record_paper, scheme_paper
from antq_desktop.services.paper_asked import Asked, Filled
from antq_desktop.services.paper_words import PaperWords
from antq_desktop.storage.store import Store

MOST_CHILDREN: Final = 10_000


class RecordPapers:
    """Fills the forms of papers that are made of one record."""

    def __init__(self, store: Store, words: Callable[[], PaperWords]) -> None:
        """Take the store, and what writes values for one paper."""
        self._store = store
        self._words = words

    def scheme(self, asked: Asked) -> Filled:
        """Fill the sheet of a scheme.

        Raises:
            UserError: `no_such_record`, `is_voided`.
        """
        specs = self._store.specs
        with self._store.reading() as reader:
            record = reader.record("scheme", asked.record_id)
            if record is None:
                message = f"Không có mô hình mang mã {asked.record_id}. Tìm lại trong danh sách."
                raise UserError("no_such_record", message, "record")
            if record.standing().reason is not None:
                message = "Mô hình này đã hủy nên không in phiếu. Hoàn tác việc hủy rồi in."
                raise UserError("is_voided", message, "record")
            children = {}
            for spec in children_of("scheme", specs):
                rows = reader.window(Listing(spec.kind, parent=record.id), (), limit=MOST_CHILDREN)
                held = reader.records(spec.kind, (row.id for row in rows))
                children[spec.kind] = [held[row.id] for row in rows]
            scheme = scheme_paper.SchemeFile(specs["scheme"], record.values(), children, specs)
            words = self._words()
            words.learn_references(reader, scheme.spec, [scheme.values])
            for kind in children:
                words.learn_references(reader, specs[kind], scheme.of(kind))
        private = asked.private
        return Filled(
            scheme_paper.tokens_of(scheme, words, private=private),
            scheme_paper.tables_of(scheme, words, private=private),
            ("scheme", record.id),
            (("scheme", record.id), *scheme.phones()) if private else (),
        )

    def sheet(self, asked: Asked) -> Filled:
        """Fill the sheet of any record.

        Raises:
            UserError: `no_such_record`.
        """
        specs, words = self._store.specs, self._words()
        with self._store.reading() as reader:
            kind = reader.kind_of(asked.record_id)
            record = reader.record(kind, asked.record_id) if kind else None
            if record is None:
                message = f"Không có hồ sơ mang mã {asked.record_id}. Tìm lại trong danh sách."
                raise UserError("no_such_record", message, "record")
            spec, values = specs[record.kind], record.values()
            words.learn_references(reader, spec, [values])
            children: dict[str, list[Values]] = {}
            for child in children_of(spec.kind, specs):
                rows = reader.window(Listing(child.kind, parent=record.id), (), limit=MOST_CHILDREN)
                held = reader.records(child.kind, (row.id for row in rows))
                children[child.kind] = [held[row.id].values() for row in rows]
                words.learn_references(reader, child, children[child.kind])
        concerns = (spec.kind, record.id)
        body = record_paper.body_of(spec, values, children, specs, words, private=asked.private)
        tokens = record_paper.tokens_of(spec, values)
        return Filled(tokens, {}, concerns, (concerns,) if asked.private else (), body)
