"""`antq keys …`: enrolment both ways, and keys changed, revoked, kept safe and brought back."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import Operation

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.devices import KnownDevice


def _keys_show(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        public = office.handover.devices.keys().public
    code = " ".join(public.fingerprint)
    value: Json = {
        "unit": public.unit.id,
        "device": public.device,
        "fingerprint": code,
        "sign": public.sign_public.text,
        "age": public.age_recipient,
    }
    lines = [
        f"Đơn vị: {public.unit.name} ({public.unit.id})",
        f"Máy: {public.label}",
        f"Mã đối chiếu: {code}",
        f"Chìa khóa ký công khai: {public.sign_public.text}",
        f"Chìa khóa nhận công khai: {public.age_recipient}",
    ]
    return Told(lines, value)


def _keys_slip(desk: Desk) -> Told:
    folder = Path(desk.arguments.to)
    with closing(desk.open()) as office:
        path = office.handover.devices.write_slip(folder)
        paper = office.papers.key_slip(folder)
    lines = [
        f"Đã ghi tệp đăng ký: {path}",
        f"Phiếu để ký, đóng dấu: {paper}",
        "Giao cả hai cho đơn vị kia; đơn vị kia so mã trên phiếu rồi mới nhận.",
    ]
    return Told(lines, {"file": str(path), "slip": str(paper)})


def _keys_enrol(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        above = True if given.above else None
        known = office.handover.devices.enrol(Path(given.file), given.fingerprint, above=above)
    name = known.device.unit.name
    return Told([f"Đã nhận đăng ký máy của {name}."], _device_value(known))


def _keys_list(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        known = office.handover.devices.known()
    lines = [
        f"{held.device.unit.name} · {held.device.label} · {' '.join(held.device.fingerprint)}"
        f" · nhận ngày {held.since[:10]} ({held.officer})"
        f" · chìa khóa số {held.device.key_id}" + (" · đã thu hồi" if held.revoked else "")
        for held in known
    ]
    return Told(lines or ["Chưa đăng ký máy nào."], [_device_value(held) for held in known])


def _device_value(known: KnownDevice) -> Json:
    return {
        "unit": known.device.unit.id,
        "device": known.device.device,
        "fingerprint": " ".join(known.device.fingerprint),
        "key": known.device.key_id,
        "may_send": sorted(known.may_send),
        "revoked": known.revoked,
    }


def _keys_rotate(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        public = office.handover.keyring.rotate().public
    return _told_of(
        public.key_id,
        public.fingerprint,
        "Đã đổi chìa khóa số. Ghi phiếu mới và giao cho các đơn vị đối chiếu.",
    )


def _told_of(key_id: str, fingerprint: Iterable[str], sentence: str) -> Told:
    code = " ".join(fingerprint)
    value: Json = {"key": key_id, "fingerprint": code}
    return Told([sentence, f"Mã đối chiếu: {code}"], value)


def _keys_revoke(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        last_good = dict(_place(text) for text in given.after)
        done = office.handover.keyring.revoke(given.key, given.reason, last_good)
    value: Json = {"keys": list(done.keys), "withdrawn": len(done.taken_back)}
    return Told([done.sentence, *(back.sentence for back in done.taken_back)], value)


def _place(text: str) -> tuple[str, int]:
    writer, _, number = text.partition(":")
    if not writer or not number.isdecimal():
        message = f"“{text}” không đúng dạng. Viết bản dữ liệu, dấu hai chấm, số gói cuối còn tin."
        raise UserError("usage", message)
    return writer, int(number)


def _keys_backup(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        path = office.handover.keyring.back_up(Path(given.to), _passphrase(given.passphrase_file))
    lines = [f"Đã ghi bản lưu chìa khóa số: {path}", "Cất tệp và mật khẩu ở hai nơi khác nhau."]
    return Told(lines, {"file": str(path)})


def _keys_restore(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        keyring = office.handover.keyring
        keys = keyring.restore(Path(given.file), _passphrase(given.passphrase_file))
    return _told_of(
        keys.public.key_id, keys.public.fingerprint, "Đã khôi phục chìa khóa số của máy."
    )


def _passphrase(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        message = f"Không đọc được mật khẩu trong tệp {name}. Kiểm tra lại tệp."
        raise UserError("passphrase_unread", message) from fault


def _keys_split(desk: Desk) -> Told:
    folder = Path(desk.arguments.to)
    with closing(desk.open()) as office:
        paths = office.handover.keyring.write_sheets(folder)
    lines = [f"Đã ghi phiếu giữ chìa khóa: {path}" for path in paths]
    lines.append("In mỗi phiếu một bản, giao cho ba người giữ, rồi xóa các tệp này.")
    return Told(lines, [str(path) for path in paths])


def _keys_join(desk: Desk) -> Told:
    given = desk.arguments
    texts = [_share(name) for name in given.files]
    with closing(desk.open()) as office:
        keys = office.handover.keyring.join(texts, given.label)
    return _told_of(
        keys.public.key_id, keys.public.fingerprint, "Đã ghép lại chìa khóa số của máy."
    )


def _share(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        message = f"Không đọc được tệp {name}. Gõ các nhóm số của phiếu vào một tệp chữ."
        raise UserError("share_unread", message) from fault


def _to(parser: ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="DIR", help="thư mục hoặc USB để ghi")


def _revocation(parser: ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY", help="mã chìa khóa, hoặc phần đầu của mã")
    parser.add_argument("--reason", required=True, metavar="R", help="lý do thu hồi")
    parser.add_argument(
        "--after",
        action="append",
        default=[],
        metavar="W:N",
        help="bản dữ liệu và số gói cuối còn tin; gói sau số đó được rút lại",
    )


def _locked(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file", required=True, metavar="FILE", help="tệp chứa mật khẩu của bản lưu"
    )


def _backup(parser: ArgumentParser) -> None:
    _to(parser)
    _locked(parser)


def _restore(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="bản lưu chìa khóa số .age")
    _locked(parser)


def _joining(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs=2, metavar="FILE", help="tệp chữ chứa các nhóm số của phiếu")
    parser.add_argument("--label", default="Máy 01", metavar="L", help="tên máy ghi trên phiếu")


def _enrolment(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--above", action="store_true", help="máy của đơn vị cấp trên, nơi nhận gói của đơn vị này"
    )
    parser.add_argument("file", metavar="FILE", help="tệp đăng ký .antqkey của đơn vị kia")
    parser.add_argument(
        "--fingerprint", required=True, metavar="F", help="mã đối chiếu ghi trên phiếu giấy"
    )


_KEYS = Operation.KEYS
VERBS = (
    Verb(("keys", "show"), "xem mã đối chiếu của máy này", _keys_show, needs=None),
    Verb(("keys", "slip"), "ghi tệp và phiếu đăng ký của máy này", _keys_slip, _to, needs=_KEYS),
    Verb(
        ("keys", "enrol"), "nhận đăng ký máy của đơn vị kia", _keys_enrol, _enrolment, needs=_KEYS
    ),
    Verb(("keys", "list"), "các máy đã đăng ký", _keys_list, needs=None),
    Verb(("keys", "rotate"), "đổi chìa khóa số của máy này", _keys_rotate, needs=_KEYS),
    Verb(("keys", "revoke"), "thu hồi chìa khóa của máy", _keys_revoke, _revocation, needs=_KEYS),
    Verb(("keys", "backup"), "ghi bản lưu chìa khóa số", _keys_backup, _backup, needs=_KEYS),
    Verb(("keys", "restore"), "khôi phục chìa khóa số", _keys_restore, _restore, needs=_KEYS),
    Verb(("keys", "split"), "lập ba phiếu giữ chìa khóa số", _keys_split, _to, needs=_KEYS),
    Verb(("keys", "join"), "ghép chìa khóa số từ hai phiếu", _keys_join, _joining, needs=_KEYS),
)
