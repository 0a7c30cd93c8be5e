"""Show the program by command line: a throwaway profile, invented records, a search, a history."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

OFFICER = "Nguyễn Văn Mẫu"
COMMUNE = "11074"
MEMBERS = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan")

Record = Mapping[str, object]


class StoppedError(Exception):
    """A command of the program did not end well; carries its exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"the program ended with {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Done:
    """What a recording left: the id of the record and the number of its entry of history."""

    record: str
    entry: str


@dataclass(slots=True)
class Profile:
    """A profile that lasts as long as its folder."""

    folder: Path
    _common: list[str] = field(init=False)

    def __post_init__(self) -> None:
        password = self.folder / "password"
        password.write_text("mat khau chi de thu 2026\n", encoding="utf-8")
        self._common = ["--data", str(self.folder / "profile"), "--officer", OFFICER]
        self._common += ["--password-file", str(password)]

    def antq(self, *words: str, record: Record | None = None) -> str:
        """Show one command of the program, run it with a record on its input, show the answer.

        Where the profile lies and who works in it is the same for all and is not shown.

        Raises:
            StoppedError: The command did not end with 0.
        """
        text = "" if record is None else json.dumps(record, ensure_ascii=False)
        shown = " ".join(f"“{word}”" if " " in word else word for word in words)
        print(f"\n$ antq {shown}{f'   ← {text}' if text else ''}", flush=True)
        answer = subprocess.run(
            [sys.executable, "-m", "antq_desktop", *words, *self._common],
            input=text,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
            check=False,
        )
        print(answer.stdout, end="", flush=True)
        if answer.returncode != 0:
            raise StoppedError(answer.returncode)
        return answer.stdout

    def save(self, *words: str, record: Record | None = None) -> Done:
        """Run a command that records something."""
        told = self.antq(*words, record=record)
        found = re.search(r"Mã: ([^ ,]+).* lần ghi số (\d+)", told)
        if found is None:
            raise StoppedError(3)
        return Done(found[1], found[2])

    def add(self, kind: str, /, **values: object) -> str:
        """Record something new and return its id."""
        return self.save("record", "add", kind, "-", record=values).record


def main() -> int:
    """Record, change, find and trace; return the exit code of the first command that fails."""
    with tempfile.TemporaryDirectory(prefix="antq-") as folder:
        profile = Profile(Path(folder))
        tell("Chương trình chạy thử bằng dòng lệnh", "the program shows itself by command line")
        tell("Hồ sơ thử, xóa khi xong", "a throwaway profile, removed at the end")
        try:
            record_and_trace(profile)
        except StoppedError as stopped:
            return stopped.code
    tell("Xong; không có gì được giữ lại", "done; nothing was kept")
    return 0


def record_and_trace(profile: Profile) -> None:
    """Do what an officer does in a first hour."""
    profile.antq("init", "--level", "commune", "--unit", COMMUNE, "--sample")
    tell("Một thôn của xã", "a neighbourhood of the commune")
    village = add_village(profile)
    tell("Một mô hình: hai điểm, tám thành viên", "a scheme: two sites, eight members")
    add_scheme(profile, village)
    tell("Ba vụ việc", "three incidents")
    incidents = add_incidents(profile, village)
    tell("Sửa một vụ, hủy một vụ, hoàn tác việc hủy", "change one, void one, undo the voiding")
    changes = {"state": "resolved", "closed_on": "20/07/2025", "result": "Đã hòa giải xong"}
    profile.antq("record", "set", incidents[1], "-", record=changes)
    voided = profile.save("record", "void", incidents[2], "--reason", "Ghi trùng vụ đã có")
    profile.antq("record", "list", "incident")
    profile.antq("undo", voided.entry)
    tell("Gõ “duong” tìm thấy “Đường”", "typing “duong” finds “Đường”")
    profile.antq("record", "list", "incident", "--search", "duong")
    tell("Ai đã làm gì với vụ việc thứ ba", "who did what to the third incident")
    profile.antq("history", "show", incidents[2])
    tell(
        "Nhật ký liền mạch, chương trình tự kiểm tra", "the chain of history holds, all is checked"
    )
    profile.antq("history", "verify")
    profile.antq("check")


def add_village(profile: Profile) -> str:
    """Record the neighbourhood."""
    return profile.add(
        "unit",
        name="Thôn Mẫu Một",
        unit_kind="neighbourhood",
        neighbourhood_kind="thon",
        parent=f"{COMMUNE}@2025-07-01",
        tt124=True,
        management_level="commune",
        households=214,
        households_counted="01/07/2025",
    )


def add_scheme(profile: Profile, village: str) -> None:
    """Record a scheme with its sites and members."""
    scheme = profile.add(
        "scheme",
        name="Tiếng kẻng an ninh Thôn Mẫu Một",
        scheme_type="tieng_keng_an_ninh",
        domain="order",
        unit=village,
        state="active",
        founded_on="15/03/2024",
        head_name="Trần Thị Ví Dụ",
        households=120,
    )
    names = ("Điểm nhà văn hóa Thôn Mẫu Một", "Điểm cổng làng Thôn Mẫu Một")
    sites = [profile.add("site", scheme=scheme, name=name, unit=village) for name in names]
    for place, given in enumerate(MEMBERS):
        profile.add(
            "member",
            scheme=scheme,
            site=sites[place % 2],
            name=f"Trần Ví Dụ {given}",
            office="head" if place == 0 else "member",
        )


def add_incidents(profile: Profile, village: str) -> list[str]:
    """Record three incidents and return their ids."""
    told = (
        ("01/2025", "05/07/2025", "Mất trộm xe đạp trên Đường Mẫu 1", "social_order"),
        ("02/2025", "12/07/2025", "Mâu thuẫn bờ ruộng giữa hai hộ ở Thôn Mẫu Một", "dispute"),
        ("03/2025", "20/07/2025", "Cháy đống rơm cuối Thôn Mẫu Một", "fire"),
    )
    return [
        profile.add(
            "incident",
            register_number=number,
            occurred_on=day,
            received_at=f"{day} 08:30",
            title=title,
            kind=kind,
            state="in_progress",
            unit=village,
            place="Thôn Mẫu Một",
        )
        for number, day, title, kind in told
    ]


def tell(vietnamese: str, english: str) -> None:
    """Say one thing in both languages."""
    print(f"\n→ {vietnamese} · {english}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
