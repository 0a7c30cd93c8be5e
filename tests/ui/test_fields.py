"""Fields made from specs: typed, put in order when left, faulty, private, chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, Value
from antq_desktop.ui.widgets.chosen_fields import AnswerField, ChoiceField, ReferenceField
from antq_desktop.ui.widgets.field import FieldWidget, Kit
from antq_desktop.ui.widgets.inputs import LineInput, LongInput
from antq_desktop.ui.widgets.make import make_field
from antq_desktop.ui.widgets.typed_fields import DatedField, LongField, TypedField
from tests.ui.gallery import FIELDS, PEOPLE, VALUES
from tests.ui.keyboards import press, send

Make = Callable[..., FieldWidget]


@pytest.fixture
def make(kit: Kit, qtbot: QtBot) -> Make:
    kept: list[FieldWidget] = []

    def build(kind: FieldKind = FieldKind.TEXT, **said: object) -> FieldWidget:
        known: dict[str, object] = {"name": "what", "label": "Ngày xảy ra", "codes": "kinds"}
        field = make_field(FieldSpec(kind=kind, **(known | said)), kit)  # type: ignore[arg-type] # named by the test
        qtbot.addWidget(field)
        kept.append(field)
        field.show()
        return field

    return build


def line_of(field: FieldWidget) -> LineInput:
    assert isinstance(field, TypedField)
    return field.input


def leave(field: FieldWidget) -> None:
    line_of(field).left.emit()


def shown_texts(field: FieldWidget) -> list[str]:
    return [label.text() for label in field.findChildren(QLabel) if not label.isHidden()]


@pytest.mark.parametrize("spec", FIELDS, ids=lambda spec: spec.name)
def test_a_value_shown_comes_back_as_it_was(spec: FieldSpec, kit: Kit, qtbot: QtBot) -> None:
    field = make_field(spec, kit)
    qtbot.addWidget(field)
    heard: list[str] = []
    field.edited.connect(heard.append)
    field.set_value(VALUES[spec.name])
    assert field.value() == VALUES[spec.name]
    field.set_value(None)
    assert field.value() is None
    assert heard == []


@pytest.mark.parametrize(
    ("kind", "typed", "stored", "ordered"),
    [
        (FieldKind.DATE, "21112026", "2026-11-21", "21/11/2026"),
        (FieldKind.DATE, "21/11", "2026-11-21", "21/11/2026"),
        (FieldKind.DATE, "hôm nay", "2026-11-21", "21/11/2026"),
        (FieldKind.DATE, "11/2026", "2026-11", "11/2026"),
        (FieldKind.MOMENT, "8h05 21/11", "2026-11-21T08:05", "08:05 21/11/2026"),
        (FieldKind.MONEY, "2,5 tr", 2_500_000, "2.500.000"),
        (FieldKind.INTEGER, "1234", 1234, "1.234"),
        (FieldKind.DECIMAL, "12,50", "12.5", "12,5"),
        (FieldKind.PHONE, "0100000001", "0100000001", "0100 000 001"),
        (FieldKind.CITIZEN_ID, "000 000 000 001", "000000000001", "000000000001"),
    ],
)
def test_what_is_typed_is_put_in_order_when_the_field_is_left_and_not_before(
    make: Make, kind: FieldKind, typed: str, stored: Value, ordered: str
) -> None:
    field = make(kind)
    send(line_of(field), typed)
    assert line_of(field).text() == typed
    assert field.value() == stored
    leave(field)
    assert line_of(field).text() == ordered
    assert field.value() == stored


def test_a_date_outside_the_calendar_stays_as_typed_with_its_fault_below(make: Make) -> None:
    field = make(FieldKind.DATE)
    send(line_of(field), "31/02/2026")
    leave(field)
    assert line_of(field).text() == "31/02/2026"
    assert [fault.code for fault in field.faults] == ["date_not_in_calendar"]
    assert any("không có trong lịch" in text for text in shown_texts(field))
    assert line_of(field).property("faulty")
    with pytest.raises(UserError):
        field.value()


def test_a_fault_goes_as_soon_as_the_officer_types_on(make: Make) -> None:
    field = make(FieldKind.DATE)
    send(line_of(field), "31/02/2026")
    leave(field)
    press(line_of(field), Qt.Key.Key_Backspace, "\b")
    assert field.faults == ()


def test_a_warning_is_shown_apart_from_a_fault(make: Make) -> None:
    field = make()
    field.show_faults([Fault("vague", "Chưa có số nhà.", warning=True)])
    assert not line_of(field).property("faulty")
    assert line_of(field).property("doubtful")
    assert any(text.startswith("△") for text in shown_texts(field))


def test_the_sum_of_money_stands_in_full_below_while_it_is_typed(make: Make) -> None:
    field = make(FieldKind.MONEY)
    send(line_of(field), "2,5 tr")
    assert any("2.500.000 đồng" in text for text in shown_texts(field))
    assert line_of(field).text() == "2,5 tr"


def test_a_required_field_says_so_in_a_word(make: Make) -> None:
    assert "bắt buộc" in shown_texts(make(required=True))
    assert "bắt buộc" not in shown_texts(make())


def test_the_unit_of_measure_stands_inside_the_field_and_leaves_room_for_it(make: Make) -> None:
    field = make(FieldKind.DECIMAL, unit="m²")
    line = line_of(field)
    inside = [label for label in line.findChildren(QLabel) if label.text() == "m²"]
    assert len(inside) == 1
    assert line.rect().contains(inside[0].geometry())
    assert line.textMargins().right() >= inside[0].width()


def test_a_text_that_is_too_long_is_kept_and_named(make: Make) -> None:
    field = make(max_length=5)
    send(line_of(field), "Nguyễn")
    leave(field)
    assert line_of(field).text() == "Nguyễn"
    assert [fault.code for fault in field.faults] == ["text_too_long"]


def test_enter_goes_to_the_next_field(kit: Kit, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    kinds = (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.YES_NO, FieldKind.CHOICE)
    fields = [
        make_field(FieldSpec(name=kind.value, label=kind.value, kind=kind, codes="k"), kit)
        for kind in (*kinds, FieldKind.DATE)
    ]
    for field in fields:
        column.addWidget(field)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    fields[0].input.setFocus()
    for field in fields[1:]:
        focused = QApplication.focusWidget()
        assert focused is not None
        press(focused, Qt.Key.Key_Return, "\r")
        reached = QApplication.focusWidget()
        assert reached is not None
        assert field.isAncestorOf(reached), field.spec.name


@pytest.mark.parametrize(
    "held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier]
)
def test_ctrl_enter_begins_a_line_in_long_text(make: Make, held: Qt.KeyboardModifier) -> None:
    field = make(FieldKind.LONG_TEXT)
    assert isinstance(field, LongField)
    send(field.input, "một")
    press(field.input, Qt.Key.Key_Return, "\r", held)
    send(field.input, "hai")
    assert field.value() == "một\nhai"


def test_long_text_grows_with_its_lines_up_to_a_bound(make: Make) -> None:
    field = make(FieldKind.LONG_TEXT, max_length=9000)
    assert isinstance(field.input, LongInput)
    empty = field.input.height()
    field.set_value("\n".join(str(line) for line in range(8)))
    grown = field.input.maximumHeight()
    field.set_value("\n".join(str(line) for line in range(80)))
    assert empty < grown < field.input.maximumHeight() < 3 * grown


def test_a_day_picked_from_the_calendar_is_an_edit(make: Make) -> None:
    field = make(FieldKind.DATE)
    assert isinstance(field, DatedField)
    edited: list[str] = []
    field.edited.connect(edited.append)
    field.open_calendar()
    assert field.popup is not None
    field.popup.calendar.activated.emit(QDate(2026, 11, 5))
    assert field.value() == "2026-11-05"
    assert edited == ["what"]


def test_a_moment_keeps_its_time_when_another_day_is_picked(make: Make) -> None:
    field = make(FieldKind.MOMENT)
    assert isinstance(field, DatedField)
    field.set_value("2026-11-21T22:30")
    press(field.input, Qt.Key.Key_F4)
    assert field.popup is not None
    field.popup.calendar.clicked.emit(QDate(2026, 11, 20))
    assert field.value() == "2026-11-20T22:30"


def test_a_choice_is_found_without_accents(make: Make) -> None:
    field = make(FieldKind.CHOICE)
    assert isinstance(field, ChoiceField)
    field.open_list()
    assert field.popup is not None
    send(field.popup.search, "trom cap")
    assert [option.text for option in field.popup.model.options] == ["Trộm cắp tài sản"]
    press(field.popup.search, Qt.Key.Key_Return, "\r")
    assert field.value() == "Trộm cắp tài sản"


def test_a_letter_on_a_closed_choice_begins_its_search(make: Make) -> None:
    field = make(FieldKind.CHOICE)
    assert isinstance(field, ChoiceField)
    send(field.button, "m")
    assert field.popup is not None
    assert field.popup.search.text() == "m"
    press(field.popup.search, Qt.Key.Key_Escape)
    assert field.value() is None


def test_the_keyboard_walks_the_list_from_the_search_line(make: Make) -> None:
    field = make(FieldKind.CHOICE, required=True)
    assert isinstance(field, ChoiceField)
    field.open_list()
    assert field.popup is not None
    press(field.popup.search, Qt.Key.Key_Down)
    press(field.popup.search, Qt.Key.Key_Down)
    press(field.popup.search, Qt.Key.Key_Up)
    press(field.popup.search, Qt.Key.Key_Return, "\r")
    assert field.value() == "Cố ý gây thương tích"


def test_a_list_without_a_match_says_so(make: Make) -> None:
    field = make(FieldKind.CHOICE)
    assert isinstance(field, ChoiceField)
    field.open_list("x")
    assert field.popup is not None
    send(field.popup.search, "yz")
    nothing = field.popup.nothing
    assert nothing.isVisibleTo(field.popup)
    assert "Xóa chữ đã gõ" in nothing.text()
    assert nothing.height() >= nothing.heightForWidth(nothing.width())
    press(field.popup.search, Qt.Key.Key_Return, "\r")
    assert field.value() is None
    field.popup.close()


def test_letters_over_a_short_list_stand_in_a_line_of_their_own(kit: Kit, qtbot: QtBot) -> None:
    kit = replace(kit, codes=lambda _name: PEOPLE)
    spec = FieldSpec(name="role", kind=FieldKind.CHOICE, label="Vai trò", codes="role")
    field = ChoiceField(spec, kit)
    qtbot.addWidget(field)
    field.show()
    field.open_list()
    assert field.popup is not None
    assert not field.popup.search.isVisible()
    field.popup.close()
    send(field.button, "đ")
    assert field.popup.search.isVisible()
    send(field.popup.search, "ỗ")
    assert [option.id for option in field.popup.model.options] == ["3"]
    press(field.popup.search, Qt.Key.Key_Backspace)
    press(field.popup.search, Qt.Key.Key_Backspace)
    assert len(field.popup.model.options) == len(PEOPLE) + 1
    field.popup.close()


def test_the_list_is_as_tall_as_what_it_shows(make: Make) -> None:
    field = make(FieldKind.CHOICE, required=True)
    assert isinstance(field, ChoiceField)
    field.open_list()
    assert field.popup is not None
    whole = field.popup.height()
    send(field.popup.search, "trom")
    rows = 8 * field.kit.theme.measures.row
    assert field.popup.height() == whole - rows
    field.popup.close()


def test_a_choice_is_cleared_by_delete(make: Make) -> None:
    field = make(FieldKind.CHOICE)
    field.set_value("Ma túy")
    press(field.input, Qt.Key.Key_Delete)
    assert field.value() is None


def test_a_reference_is_searched_and_shown_by_name(make: Make) -> None:
    field = make(FieldKind.REFERENCE, refers_to=("member",))
    assert isinstance(field, ReferenceField)
    field.open_list("do duc")
    assert field.popup is not None
    press(field.popup.search, Qt.Key.Key_Return, "\r")
    assert field.value() == "3"
    assert field.button.text() == "Đỗ Đức Điển Hình"


def test_the_arrows_go_from_answer_to_answer(make: Make, qtbot: QtBot) -> None:
    field = make(FieldKind.YES_NO)
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    field.setFocus()
    assert isinstance(field, AnswerField)
    heard: list[str] = []
    field.settled.connect(heard.append)
    assert field.value() is None
    press(field.input, Qt.Key.Key_Left)
    assert field.value() is False
    assert heard == ["what"]
    field.set_value(True)
    assert field.value() is True


def test_a_private_value_is_covered_until_asked_for_and_the_asking_is_told(make: Make) -> None:
    field = make(FieldKind.PHONE, private=True)
    told: list[str] = []
    field.revealed.connect(told.append)
    field.set_value("0100000001")
    assert field.covered
    assert not line_of(field).isVisible()
    assert not any("0100" in text for text in shown_texts(field))
    button = next(
        b for b in field.findChildren(QWidget) if b.accessibleName() == "Hiện Ngày xảy ra"
    )
    button.click()  # type: ignore[attr-defined] # a button
    assert told == ["what"]
    assert line_of(field).isVisible()
    assert line_of(field).text() == "0100 000 001"


def test_an_empty_private_field_is_typed_into_at_once(make: Make) -> None:
    field = make(FieldKind.PHONE, private=True)
    field.set_value(None)
    assert not field.covered
    assert line_of(field).isVisible()


def test_another_value_is_offered_and_taken(make: Make) -> None:
    field = make()
    taken: list[str] = []
    field.other_taken.connect(taken.append)
    field.show_other("Thôn Mẫu 2")
    assert any("Giá trị khác: Thôn Mẫu 2" in text for text in shown_texts(field))
    field._take_over.click()
    assert taken == ["what"]
    field.show_other("")
    assert not any("Giá trị khác" in text for text in shown_texts(field))


def test_a_value_that_may_not_be_changed_can_still_be_read(make: Make) -> None:
    for kind in (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.CHOICE, FieldKind.YES_NO):
        field = make(kind)
        value: Value = True if kind is FieldKind.YES_NO else "Ma túy"
        field.set_value(value)
        field.set_editable(False)
        send(field.input, "xyz")
        press(field.input, Qt.Key.Key_Backspace, "\b")
        assert field.value() == value
        assert field.input.isEnabled()


@pytest.mark.parametrize("kind", list(FieldKind))
def test_every_field_tells_a_screen_reader_its_label(make: Make, kind: FieldKind) -> None:
    field = make(kind)
    field.set_value(None)
    assert "Ngày xảy ra" in field.input.accessibleName()
    assert field.label.buddy() is not None


def test_the_cursor_of_a_long_place_stands_at_its_beginning(make: Make) -> None:
    field = make()
    field.set_value("Thôn Mẫu 3, " * 9)
    line = line_of(field)
    assert isinstance(line, QLineEdit)
    assert line.cursorPosition() == 0
    assert line.mapTo(field, QPoint(0, 0)).x() == 0


def test_a_text_that_speaks_of_secrets_is_reminded_of_beside_it_and_taken(
    kit: Kit, qtbot: QtBot
) -> None:
    careful = replace(kit, caution=lambda text: "Xem lại." if "mật" in text else "")
    field = make_field(FieldSpec(name="what", label="Tóm tắt"), careful)
    qtbot.addWidget(field)
    field.show()
    line_of(field).setText("tuyệt mật")
    leave(field)
    assert "△ Xem lại." in shown_texts(field)
    assert field.faults == ()
    assert field.value() == "tuyệt mật"
    line_of(field).setText("việc thường")
    leave(field)
    assert "△ Xem lại." not in shown_texts(field)
