"""Where a line of the delivery register stands, and what is to be done about it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class DeliveryState(StrEnum):
    """Where a line of the delivery register stands."""

    SEALED = "sealed"
    WRITTEN = "written"
    WAITING = "waiting"
    OVERDUE = "overdue"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"
    RESEND = "resend"
    TOLD = "told"

    @property
    def label(self) -> str:
        """What an officer reads."""
        return _LABELS[self]


_LABELS: Final = {
    DeliveryState.SEALED: "đã lập, chưa ghi ra USB",
    DeliveryState.WRITTEN: "đã ghi ra",
    DeliveryState.WAITING: "đã ghi ra, chờ xác nhận",
    DeliveryState.OVERDUE: "quá hạn chưa có xác nhận",
    DeliveryState.ACKNOWLEDGED: "đã được xác nhận",
    DeliveryState.RETURNED: "bị trả lại",
    DeliveryState.RESEND: "cần gửi lại",
    DeliveryState.TOLD: "đã nhận, báo qua điện thoại",
}
NEXT_STEPS: Final = {
    DeliveryState.SEALED: "Cắm USB rồi ghi lại gói này ra USB.",
    DeliveryState.WRITTEN: "Giao USB cho đơn vị gửi để đơn vị đó nạp phiếu xác nhận.",
    DeliveryState.WAITING: "Khi nhận lại USB từ đơn vị tổng hợp thì nạp phiếu xác nhận.",
    DeliveryState.OVERDUE: "Hỏi đơn vị tổng hợp; nếu chưa nhận được thì ghi lại gói này ra USB.",
    DeliveryState.ACKNOWLEDGED: "Không phải làm gì thêm.",
    DeliveryState.RETURNED: "Lập gói mới; gói mới mang lại đủ những hồ sơ chưa được nhận.",
    DeliveryState.RESEND: "Đơn vị tổng hợp không còn giữ gói này. Lập gói mới; gói mới mang lại đủ"
    " những hồ sơ còn thiếu.",
    DeliveryState.TOLD: "Khi nhận lại USB thì nạp phiếu xác nhận. Trước đó các hồ sơ này vẫn đi lại"
    " trong gói sau.",
}
