"""`antq attach`: photographs kept, listed and copied out without a window."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests import pictures_of_cameras as cameras
from tests.cli.conftest import Antq
from tests.stores import INCIDENT


def test_a_photograph_is_kept_listed_copied_out_and_traced(antq: Antq, tmp_path: Path) -> None:
    record = antq.add("incident", INCIDENT)
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(cameras.jpeg())
    made = antq.json("attach", "add", record, str(photo), "--caption", "Toàn cảnh").value
    assert (made["media"], made["caption"]) == ("JPEG", "Toàn cảnh")
    listed = antq.json("attach", "list", record[:8]).value["attachments"]
    assert [one["id"] for one in listed] == [made["id"]]
    assert "Toàn cảnh" in antq("attach", "list", record).out
    out = antq.json("attach", "copy", made["id"], "--out", str(tmp_path / "ra")).value["file"]
    data = Path(out).read_bytes()
    assert hashlib.sha256(data).hexdigest() == made["digest"]
    assert not any(word in data for word in cameras.PLANTED)
    assert "lưu bản sao ra ngoài" in antq("history", "show", made["id"]).out
    antq("undo", str(made["entry"]))
    assert antq.json("attach", "list", record).value["attachments"] == []
    assert antq("check").code == 0


def test_what_is_no_attachment_and_what_takes_none_is_refused(antq: Antq, tmp_path: Path) -> None:
    record = antq.add("incident", INCIDENT)
    broken = tmp_path / "hong.jpg"
    broken.write_bytes(cameras.jpeg()[:200])
    assert antq.json("attach", "add", record, str(broken)).error == "attachment_broken"
    missing = antq.json("attach", "add", record, str(tmp_path / "khong.jpg"))
    assert missing.error == "attachment_not_supported"
    copied = antq.json("attach", "copy", record, "--out", str(tmp_path / "ra"))
    assert copied.error == "not_an_attachment"
    assert "Không có tệp" in antq("attach", "list", record).out
