"""Step 2: enrolled devices, the delivery register, bundles taken in, and what was confirmed."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE device (key_id TEXT NOT NULL, unit TEXT NOT NULL, unit_name TEXT NOT NULL,
  device TEXT NOT NULL, public BLOB NOT NULL, may_send TEXT NOT NULL, since TEXT NOT NULL,
  officer TEXT NOT NULL, revoked TEXT, PRIMARY KEY (key_id)) WITHOUT ROWID""",
    """CREATE TABLE sent (digest TEXT NOT NULL, writer TEXT NOT NULL, number INTEGER NOT NULL,
  kind TEXT NOT NULL, addressee TEXT NOT NULL, addressee_name TEXT NOT NULL, file TEXT NOT NULL,
  sha256 TEXT NOT NULL, size INTEGER NOT NULL, sealed_at TEXT NOT NULL, officer TEXT NOT NULL,
  covers INTEGER NOT NULL, basis INTEGER NOT NULL, spoken TEXT NOT NULL, records INTEGER NOT NULL,
  state TEXT NOT NULL, written_at TEXT, answered_at TEXT, answer TEXT, PRIMARY KEY (digest))
  WITHOUT ROWID""",
    "CREATE UNIQUE INDEX sent_number ON sent (writer, number)",
    "CREATE INDEX sent_addressee ON sent (addressee, number)",
    """CREATE TABLE received (sha256 TEXT NOT NULL, digest TEXT NOT NULL, name TEXT NOT NULL,
  kind TEXT NOT NULL, sender TEXT NOT NULL, sender_name TEXT NOT NULL, device TEXT NOT NULL,
  writer TEXT NOT NULL, number INTEGER NOT NULL, basis INTEGER NOT NULL, claimed TEXT NOT NULL,
  received_at TEXT NOT NULL, officer TEXT NOT NULL, verdict TEXT NOT NULL, shelf TEXT NOT NULL,
  faults TEXT NOT NULL, state TEXT NOT NULL, entry INTEGER, totals TEXT, verdicts BLOB,
  spoken TEXT NOT NULL, PRIMARY KEY (sha256)) WITHOUT ROWID""",
    "CREATE INDEX received_digest ON received (digest)",
    "CREATE INDEX received_writer ON received (writer, number)",
    "CREATE INDEX received_sender ON received (sender, state)",
    """CREATE TABLE basis (addressee TEXT NOT NULL, writer TEXT NOT NULL, number INTEGER NOT NULL,
  digest TEXT NOT NULL, by_writer TEXT NOT NULL, by_number INTEGER NOT NULL,
  by_digest TEXT NOT NULL, owed TEXT NOT NULL, PRIMARY KEY (addressee)) WITHOUT ROWID""",
)
