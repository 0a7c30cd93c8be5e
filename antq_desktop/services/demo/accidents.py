"""What goes wrong between units in a year, played once: each scene says what has to come out.

Every scene takes communes of its own and touches invented incidents only, so that the printed
figures of the year are the same with it and without.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Final

from antq_desktop.services.demo.seen import Scene
from antq_desktop.services.demo.stage import OFFICER, PASSWORD, introduce, unit_tree_file
from antq_desktop.services.joining import Joiner, join, read_first_device
from antq_desktop.services.profiles import COMMUNE_LEVEL
from antq_desktop.services.restoring import Restoring

if TYPE_CHECKING:
    from antq_desktop.domain.fields import Value
    from antq_desktop.domain.record import Record
    from antq_desktop.domain.units import TreeUnit
    from antq_desktop.services.demo.seen import Seen
    from antq_desktop.services.demo.stage import Stage
    from antq_desktop.services.office import Office

COMMUNES: Final = 4
CHOSEN: Final = 510_000  # đồng; sums that are drawn are whole hundreds of thousands
DEVICES: Final = 3
_INCIDENT: Final = "incident"
_LOST: Final = "usb_mat"


def play_accidents(stage: Stage, communes: Sequence[TreeUnit]) -> list[Seen]:
    """Play every accident, each in a commune of its own, and return what came of it.

    Args:
        stage: The district and its communes, whose first bundles are merged and not answered.
        communes: Four communes.

    Raises:
        UserError: A step was refused.
        EnvironmentFault: The machine denied something.
    """
    first, second, third, fourth = communes
    return [
        *_three_devices(stage, first),
        *_lost_stick(stage, second),
        *_old_backup(stage, third),
        *_revoked_key(stage, fourth),
    ]


def _three_devices(stage: Stage, unit: TreeUnit) -> list[Seen]:
    """Edit the same records on three devices that do not meet, share, choose, and send."""
    scene = Scene(f"Ba máy của {unit.name} sửa cùng hồ sơ")
    with ExitStack() as stack:
        first = stack.enter_context(stage.at(unit))
        others = [
            stack.enter_context(closing(_joined(stage, unit, first, number)))
            for number in range(2, DEVICES + 1)
        ]
        devices = (first, *others)
        introduce(others[0], others[1], stage.stick)
        _share(stage, first, devices)
        disputed, calm = (held.id for held in _incidents(first)[:2])
        _edit_apart(scene, stage, devices, disputed, calm)
        stage.merged(stage.sealed(first))
        above = _conflicts(stage.district, disputed)
        scene.see("Mâu thuẫn ở đơn vị tổng hợp trước khi xã chọn", 1, above)
        _choose(others[0], disputed)
        _share(stage, others[0], devices)
        stage.merged(stage.sealed(first))
        left = [_conflicts(office, disputed) for office in (*devices, stage.district)]
        none = "0, 0, 0, 0"
        scene.see("Sau khi chọn ở máy 02, còn ở ba máy và bên trên", none, _listed(left))
        damage = _values(stage.district, disputed).get("damage")
        scene.see("Giá trị đã chọn ở đơn vị tổng hợp", CHOSEN, damage)
        _leave_open(scene, stage, devices, calm)
        stage.answered(first)
    return scene.lines


def _edit_apart(
    scene: Scene, stage: Stage, devices: Sequence[Office], disputed: str, calm: str
) -> None:
    """Change one field to three values, and three fields of another record to one each."""
    apart: tuple[dict[str, Value], ...] = (
        {"place": "Thôn Mẫu, sửa ở máy 01"},
        {"officer": "Trần Thị Ví Dụ (máy 02)"},
        {"narrative": "Ghi thêm ở máy 03 (mẫu)"},
    )
    for number, (office, changes) in enumerate(zip(devices, apart, strict=True), start=1):
        office.records.change(_INCIDENT, disputed, {"damage": CHOSEN // 2 * number})
        office.records.change(_INCIDENT, calm, changes)
    for _ in range(2):
        for teller in devices:
            _share(stage, teller, devices)
    same = {b"\n".join(office.dump()) for office in devices}
    scene.see("Sau khi đổi gói nội bộ, số bản dữ liệu khác nhau ở ba máy", 1, len(same))
    listed = [_conflicts(office, disputed) for office in devices]
    scene.see("Mâu thuẫn của một mục, liệt kê ở từng máy", "1, 1, 1", _listed(listed))
    sides = [len(one.sides) for one in devices[0].oversight.conflicts.every()]
    scene.see("Giá trị đặt cạnh nhau", DEVICES, max(sides, default=0))
    scene.see(
        "Sửa các mục khác nhau của một hồ sơ, số lần phải chọn", 0, _conflicts(devices[0], calm)
    )
    kept = _values(devices[0], calm)
    held = sum(kept.get(path) == value for one in apart for path, value in one.items())
    scene.see("Trong đó số nội dung còn nguyên", DEVICES, held)


def _leave_open(scene: Scene, stage: Stage, devices: Sequence[Office], record: str) -> None:
    """Write one title in two ways, for whoever looks at the demonstration to choose."""
    first, second = devices[:2]
    second.records.change(_INCIDENT, record, {"title": "Va chạm xe đạp ở cổng chợ (mẫu)"})
    first.records.change(_INCIDENT, record, {"title": "Va chạm xe đạp và xe máy ở chợ (mẫu)"})
    _share(stage, second, devices)
    stage.merged(stage.sealed(first))
    left = [_conflicts(office, record) for office in (first, stage.district)]
    scene.see("Mâu thuẫn để lại cho người xem chọn, ở máy 01 và bên trên", "1, 1", _listed(left))


def _choose(office: Office, disputed: str) -> None:
    conflicts = office.oversight.conflicts
    conflict = next(one for one in conflicts.every() if one.record == disputed)
    chosen = next(at for at, side in enumerate(conflict.sides) if side.value == CHOSEN)
    conflicts.settle(conflict, chosen)


def _lost_stick(stage: Stage, unit: TreeUnit) -> list[Seen]:
    """Lose a bundle on its way; the next one brings what was in it."""
    scene = Scene(f"{unit.name} mất USB trên đường")
    with stage.at(unit) as office:
        one, other = (held.id for held in _incidents(office)[:2])
        stage.answered(office)
        office.records.change(_INCIDENT, one, {"title": "Vụ việc mẫu sửa trong gói bị mất"})
        lost = stage.out / _LOST
        lost.mkdir()
        stage.sealed(office, lost)
        shutil.rmtree(lost)
        office.records.change(_INCIDENT, other, {"title": "Vụ việc mẫu sửa trong gói sau"})
        stage.merged(stage.sealed(office))
        came = [_values(stage.district, each)["title"] for each in (one, other)]
        told = "Vụ việc mẫu sửa trong gói bị mất; Vụ việc mẫu sửa trong gói sau"
        scene.see("Nội dung của gói mất và của gói sau ở trên", told, "; ".join(map(str, came)))
        scene.see("Hai bên có cùng hồ sơ của xã", True, same_up(stage, office))
        stage.answered(office)
        states = [line.state_label for line in office.handover.registers.sent()][:2][::-1]
        told = "đã có trong gói sau được xác nhận, đã được xác nhận"
        scene.see("Sổ giao nhận: gói mất, gói sau", told, ", ".join(states))
        scene.see("Hồ sơ còn phải gửi", 0, office.handover.sealing.waiting())
    return scene.lines


def _old_backup(stage: Stage, unit: TreeUnit) -> list[Seen]:
    """Restore a backup from before the last bundle; what only the district has comes home."""
    scene = Scene(f"{unit.name} khôi phục bản sao lưu cũ")
    with stage.at(unit) as office:
        record = _incidents(office)[0].id
        stage.answered(office)
        backup = office.safekeeping.into(stage.stick)
        office.records.change(_INCIDENT, record, {"title": "Vụ việc mẫu ghi sau khi sao lưu"})
        stage.merged(stage.sealed(office))
    Restoring(stage.offices.profiles, stage.folder(unit)).restore(backup, OFFICER, PASSWORD)
    backup.unlink()
    with stage.at(unit) as office:
        above = _values(stage.district, record)["title"]
        there = _values(office, record).get("title") == above
        scene.see("Ngay sau khôi phục, máy còn nội dung ghi sau khi sao lưu", False, there)
        office.records.change(_INCIDENT, record, {"officer": "Lê Văn Minh Họa (sau khôi phục)"})
        path = stage.sealed(office)
        taken = stage.district.handover.taking.take(path)
        scene.see("Gói đầu của bản dữ liệu mới", "Hợp lệ", taken.verdict.label)
        stage.district.handover.taking.merge(stage.district.handover.taking.preview(taken))
        writers = {
            row.writer
            for row in stage.district.handover.taking.received()
            if row.sender == office.unit
        }
        scene.see("Số bản dữ liệu của xã mà đơn vị tổng hợp biết", 2, len(writers))
        stage.answered(office)
        told = office.handover.journal_echo.gap() is not None
        scene.see("Phiếu xác nhận cho biết nhật ký trên máy thiếu đoạn cuối", True, told)
        office.handover.journal_echo.explain("Khôi phục bản sao lưu cũ (tình huống mẫu)")
        after = _values(office, record)
        held = after.get("title"), after.get("officer")
        wanted = above, "Lê Văn Minh Họa (sau khôi phục)"
        scene.see("Nội dung chỉ còn bên trên đã về, nội dung mới còn nguyên",
                  " / ".join(map(str, wanted)), " / ".join(map(str, held)))  # fmt: skip
        stage.merged(stage.sealed(office))
        scene.see("Hai bên có cùng hồ sơ của xã", True, same_up(stage, office))
        scene.see("Mâu thuẫn phải chọn", 0, _conflicts(office, record))
    return scene.lines


def _revoked_key(stage: Stage, unit: TreeUnit) -> list[Seen]:
    """Revoke the key of a stolen device; its next bundle is set aside, what was merged stays."""
    scene = Scene(f"Thu hồi chìa khóa của {unit.name}")
    district = stage.district
    with stage.at(unit) as office:
        record = _incidents(office)[0].id
        before = _own_up(district, office)
        key = office.handover.devices.keys().public.key_id
        district.handover.keyring.revoke(key, "Mất máy tính (tình huống mẫu)")
        office.records.change(_INCIDENT, record, {"title": "Vụ việc mẫu ghi sau khi thu hồi"})
        taken = district.handover.taking.take(stage.sealed(office))
        scene.see("Gói lập sau khi thu hồi, ngăn", "signer_revoked", taken.row.shelf)
        scene.see("Gói đó nhập được", False, taken.mergeable)
        scene.see("Dữ liệu đã nhập trước đó còn nguyên", True, before == _own_up(district, office))
    return scene.lines


def _incidents(office: Office) -> list[Record]:
    """Return the own incidents of an office, in an order that says nothing."""
    held = (one for one in office.lists.every(_INCIDENT) if one.owner == office.unit)
    return sorted(held, key=lambda one: one.id)


def _values(office: Office, record: str) -> dict[str, Value]:
    held = next(one for one in office.lists.every(_INCIDENT) if one.id == record)
    return dict(held.values())


def _conflicts(office: Office, record: str) -> int:
    """Return how often a record is listed for somebody to choose."""
    return sum(one.record == record for one in office.oversight.conflicts.every())


def _joined(stage: Stage, unit: TreeUnit, first: Office, number: int) -> Office:
    """Let another device of a commune join through its first one."""
    devices = first.handover.devices
    found = read_first_device(devices.write_slip(stage.stick))
    label = f"Máy {number:02d}"
    joiner = Joiner(
        code=" ".join(devices.keys().public.fingerprint),
        officer=OFFICER,
        password=PASSWORD,
        sample=True,
        units=unit_tree_file(),
        label=label,
        level=COMMUNE_LEVEL,
    )
    folder = stage.folder(unit)
    office = join(stage.offices, folder.with_name(f"{folder.name}-{number}"), found, joiner)
    own = office.handover.devices
    code = " ".join(own.keys().public.fingerprint)
    devices.enrol(own.write_slip(stage.stick), code)
    return office


def _share(stage: Stage, teller: Office, devices: Sequence[Office]) -> None:
    """Carry a bundle for siblings to every other device."""
    sealing = teller.handover.sealing
    path = sealing.carry(sealing.seal_siblings().row.digest, stage.stick).path
    for office in devices:
        if office is not teller:
            stage.merged(path, office)


def _own_up(office: Office, unit: Office) -> list[bytes]:
    """Return what a store holds of a unit, as far as it travels up."""
    mark = f'"owner":"{unit.unit}"'.encode()
    return [line for line in office.dump(only_up=True) if mark in line]


def same_up(stage: Stage, office: Office) -> bool:
    """Tell whether the district holds of a commune what the commune holds, as far as it goes up."""
    return _own_up(stage.district, office) == _own_up(office, office)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
