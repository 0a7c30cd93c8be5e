"""Step 4: attachments, and what they hold.

The content lies in the store itself, once for each digest: it is written in the transaction that
writes the record, so that no kill and no power cut leaves one without the other, it is encrypted
and backed up with it, and `secure_delete` overwrites it when it is erased.
"""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE "attachment" ("row" INTEGER NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL,
  standing INTEGER NOT NULL, void_reason TEXT, conflicts INTEGER NOT NULL,
  missing INTEGER NOT NULL, sort TEXT NOT NULL, changed INTEGER NOT NULL, lines TEXT,
  stamps TEXT NOT NULL, unknown TEXT, f_record TEXT, f_media TEXT, f_digest TEXT, f_size INTEGER,
  f_caption TEXT, f_position INTEGER, PRIMARY KEY ("row"))""",
    "CREATE UNIQUE INDEX attachment_id ON attachment (id)",
    'CREATE INDEX attachment_sort ON attachment (sort, "row", standing)',
    "CREATE INDEX attachment_changed ON attachment (changed)",
    'CREATE INDEX attachment_by_record ON attachment (f_record, sort, "row", standing)',
    """CREATE VIRTUAL TABLE attachment_search USING fts5(text, content='', prefix='1 2 3 4 5',
  tokenize='unicode61 remove_diacritics 0')""",
    "INSERT INTO attachment_search(attachment_search, rank) VALUES('secure-delete', 1)",
    # with row numbers: content of megabytes does not belong into the leaves of an index
    """CREATE TABLE attachment_content (digest TEXT NOT NULL, media TEXT NOT NULL,
  size INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (digest))""",
)
