"""`antq demo`: the whole way on the public figures of a real district, in one command."""

from __future__ import annotations

import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.demo.figures import Compared
    from antq_desktop.services.demo.playing import Played

PICTURES_SECONDS = 60


def _demo(desk: Desk) -> Told:
    from antq_desktop.services.demo.playing import play
    from antq_desktop.services.demo.seen import table_of

    given = desk.arguments
    out = Path(given.out)
    if out.exists() and any(out.iterdir()):
        message = f"Thư mục {out} đã có tệp. Chọn thư mục trống cho phần trình diễn."
        raise UserError("folder_not_empty", message)
    out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    say = (lambda _line: None) if given.json else print
    played = play(desk.offices, out, seed=given.seed, say=say)
    table = out / "so_lieu.txt"
    lines = list(_table(played.compared))
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    accidents = out / "su_co.txt"
    accidents.write_text("\n".join(table_of(played.accidents)) + "\n", encoding="utf-8")
    papers = _papers(desk, played, out)
    pictures = _pictures(played, out)
    went = sum(line.fine for line in played.accidents)
    told = f"Sự cố giữa các đơn vị, đúng {went}/{len(played.accidents)}: {accidents}"
    lines += [f"Bảng so số liệu: {table}", told, *(f"Văn bản: {paper}" for paper in papers)]
    lines += [f"Ảnh màn hình: {picture}" for picture in pictures]
    lines.append(f"Xong sau {time.monotonic() - started:.0f} giây.")
    value: Json = {
        "figures": [
            {"label": c.label, "printed": c.printed, "ours": c.ours, "fine": c.fine}
            for c in played.compared
        ],
        "accidents": [
            {"scene": s.scene, "what": s.what, "expected": s.expected, "seen": s.seen}
            for s in played.accidents
        ],
        "records": played.records,
        "repeated": played.repeated,
        "papers": [str(paper) for paper in papers],
        "pictures": [str(picture) for picture in pictures],
    }
    return Told(lines, value, done=played.fine)


def _table(compared: tuple[Compared, ...]) -> list[str]:
    width = max(len(line.label) for line in compared)
    head = f"{'Chỉ tiêu':<{width}}  {'Bản in':>7}  {'Ở đây':>7}  Ghi chú"
    lines = [head, "-" * len(head)]
    for line in compared:
        ours = "–" if line.ours is None else str(line.ours)
        mark = "" if line.fine else "LỆCH. "
        lines.append(f"{line.label:<{width}}  {line.printed:>7}  {ours:>7}  {mark}{line.note}")
    return lines


def _papers(desk: Desk, played: Played, out: Path) -> list[Path]:
    from antq_desktop.services.demo.playing import papers_of

    return papers_of(desk.offices, played, out)


def _pictures(played: Played, out: Path) -> list[Path]:
    """Let a child process draw the window off screen: this one never loads Qt."""
    folder = out / "pictures"
    folder.mkdir()
    program = (
        [sys.executable]
        if getattr(sys, "frozen", False)
        else [
            sys.executable,
            "-m",
            "antq_desktop",
        ]
    )
    words = ["pictures", str(folder), str(played.commune), str(played.district)]
    done = subprocess.run(  # noqa: S603 - our own program
        [*program, *words], check=False, capture_output=True, timeout=PICTURES_SECONDS
    )
    if done.returncode != 0:
        return []
    return sorted(folder.glob("*.png"))


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar="DIR", help="thư mục trống để ghi kết quả")
    parser.add_argument(
        "--seed", type=int, default=2022, metavar="N", help="số gieo, quyết định cách chia tổng số"
    )
    parser.set_defaults(sample=True)


VERBS = (
    Verb(
        ("demo",), "trình diễn trên số liệu công khai, hồ sơ bịa ra", _demo, _arguments, needs=None
    ),
)
