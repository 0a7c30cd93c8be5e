"""The note in every bundle that says what it is and how anybody can check it.

The same words are printed on the delivery slip and stand in the help, because nobody can read
them here before decrypting.
"""

from __future__ import annotations

from typing import Final

COMMAND_INDENT: Final = "    "
READ_FIRST_TEXT: Final = """\
GÓI DỮ LIỆU PHONG TRÀO TOÀN DÂN BẢO VỆ AN NINH TỔ QUỐC

Gói này do máy của một đơn vị lập ra để chuyển số liệu cho đơn vị khác. Gói đã
được mã hóa cho đúng máy nhận và được máy gửi ký. Chữ ký này xác nhận nguồn gói
và việc gói không bị sửa, không thay cho chữ ký trên văn bản.

Cách thường dùng: mở chương trình, vào mục Giao nhận, chọn Nhập gói.

Cách kiểm tra không cần chương trình, trên máy có age, unzip, minisign và
sha256sum. Thay TEP_GOI.antq bằng tên tệp gói, TEP_CHIA_KHOA bằng tệp chìa khóa
số của máy nhận, DONG_KHOA_CONG_KHAI bằng dòng khóa công khai in trên phiếu đăng
ký của máy gửi. Gõ lần lượt từng dòng:

    age -d -i TEP_CHIA_KHOA -o goi.zip TEP_GOI.antq
    unzip goi.zip
    cd ANTQ_*/
    minisign -Vm tagmanifest-sha256.txt -P DONG_KHOA_CONG_KHAI
    sha256sum -c tagmanifest-sha256.txt
    sha256sum -c manifest-sha256.txt
    find data -type f | wc -l
    wc -l < manifest-sha256.txt

Dòng minisign phải báo chữ ký đúng và hiện đơn vị gửi, máy gửi, số gói, đơn vị
nhận. Mọi dòng sha256sum phải báo OK. Hai số cuối phải bằng nhau, nếu không gói
có tệp lạ. Hồ sơ nằm trong thư mục data/records, mỗi dòng là một hồ sơ.

Làm xong thì xóa goi.zip và thư mục đã mở, vì trong đó dữ liệu không còn được
mã hóa.
"""


def commands() -> tuple[str, ...]:
    """Return the lines to type, in order, as they stand in the note."""
    return tuple(
        line.strip() for line in READ_FIRST_TEXT.splitlines() if line.startswith(COMMAND_INDENT)
    )
