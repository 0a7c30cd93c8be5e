"""Print forms read from `forms/print/`, one TOML file for each.

A file names `title`, `legal_basis`, `confidence`, `orientation`, `size` and a list of `blocks`,
each with its `kind` and the texts of that kind. A key that nobody reads is a fault: a misspelt one
would otherwise print as nothing.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from antq_desktop.domain.composing import ChartSlot, Confidence, FormBlock, PrintForm, TableSlot
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.papers import (
    Addressees,
    CheckCode,
    Closing,
    Column,
    Field,
    Fields,
    Grounds,
    Heading,
    Letterhead,
    Note,
    Orientation,
    Paragraph,
    ParagraphKind,
    Placed,
    Signature,
    Table,
)


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    pass


class _ColumnFile(_Strict):
    title: str
    width: float
    align: Literal["left", "centre", "right"] = "left"
    upright: bool = False


class _SignatureFile(_Strict):
    authority: list[str]
    hint: str = ""
    office: str = ""
    name: str = ""
    each: bool = False


class _Letterhead(_Strict, tag="letterhead", tag_field="kind"):
    issuer: str
    superior: str = ""
    number: str = ""
    place_date: str = ""
    about: str = ""

    def block(self) -> FormBlock:
        return Letterhead(self.issuer, self.superior, self.number, self.place_date, self.about)


class _Heading(_Strict, tag="heading", tag_field="kind"):
    title: str
    subject: str = ""

    def block(self) -> FormBlock:
        return Heading(self.title, self.subject)


class _Addressees(_Strict, tag="addressees", tag_field="kind"):
    names: list[str]

    def block(self) -> FormBlock:
        return Addressees(tuple(self.names))


class _Grounds(_Strict, tag="grounds", tag_field="kind"):
    items: list[str]

    def block(self) -> FormBlock:
        return Grounds(tuple(self.items))


class _Paragraph(_Strict, tag="paragraph", tag_field="kind"):
    text: str
    style: ParagraphKind = "body"

    def block(self) -> FormBlock:
        return Paragraph(self.text, self.style)


class _Fields(_Strict, tag="fields", tag_field="kind"):
    items: list[tuple[str, str]]
    columns: Literal[1, 2] = 1

    def block(self) -> FormBlock:
        return Fields(tuple(Field(label, value) for label, value in self.items), self.columns)


class _Table(_Strict, tag="table", tag_field="kind"):
    rows: str
    columns: list[_ColumnFile]
    numbered: bool = False
    optional: bool = False
    total: list[str] = []
    empty: str = ""
    size: float = 12.0

    def block(self) -> FormBlock:
        columns = tuple(
            Column(each.title, each.width, each.align, each.upright) for each in self.columns
        )
        frame = Table(columns, (), tuple(self.total), self.empty, self.size)
        return TableSlot(self.rows, frame, self.numbered, self.optional)


class _Chart(_Strict, tag="chart", tag_field="kind"):
    name: str

    def block(self) -> FormBlock:
        return ChartSlot(self.name)


class _Closing(_Strict, tag="closing", tag_field="kind"):
    signatures: list[_SignatureFile]
    recipients: list[str] = []

    def block(self) -> FormBlock:
        signatures = tuple(
            Signature(tuple(each.authority), each.hint, each.office, each.name, each.each)
            for each in self.signatures
        )
        return Closing(signatures, tuple(self.recipients))


class _Note(_Strict, tag="note", tag_field="kind"):
    text: str

    def block(self) -> FormBlock:
        return Note(self.text)


class _CheckCode(_Strict, tag="check_code", tag_field="kind"):
    label: str
    groups: list[str]
    picture_of: str

    def block(self) -> FormBlock:
        return CheckCode(self.label, tuple(self.groups), self.picture_of)


class _Placed(_Strict, tag="placed", tag_field="kind"):
    name: str
    label: str
    text: str
    x: float
    y: float
    size: float = 14.0
    bold: bool = False
    italic: bool = False

    def block(self) -> FormBlock:
        return Placed(
            self.name, self.label, self.text, self.x, self.y, self.size, self.bold, self.italic
        )


_BlockFile = (
    _Letterhead
    | _Heading
    | _Addressees
    | _Grounds
    | _Paragraph
    | _Fields
    | _Table
    | _Chart
    | _Closing
    | _Note
    | _CheckCode
    | _Placed
)


class _FormFile(_Strict):
    title: str
    legal_basis: str
    confidence: Confidence
    blocks: list[_BlockFile]
    orientation: Orientation = "portrait"
    size: float = 14.0


def load_print_form(file: Path) -> PrintForm:
    """Read one print form; its code is the name of the file.

    Raises:
        EnvironmentFault: The file is missing or is no print form; the sentence names it.
    """
    try:
        return parse_print_form(file.stem, file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise EnvironmentFault(
            "print_form_unreadable",
            f"Không đọc được biểu mẫu in {file.name}. "
            "Nạp lại bản cập nhật biểu mẫu hoặc cài lại chương trình.",
        ) from fault


def parse_print_form(code: str, text: str) -> PrintForm:
    """Read a print form from its text.

    Raises:
        ValueError: The text is no print form.
    """
    read = msgspec.convert(tomllib.loads(text), _FormFile)
    return PrintForm(
        code=code,
        title=read.title,
        legal_basis=read.legal_basis,
        confidence=read.confidence,
        blocks=tuple(each.block() for each in read.blocks),
        orientation=read.orientation,
        size=read.size,
    )


def load_print_forms(folder: Path) -> dict[str, PrintForm]:
    """Read all print forms of a folder, by code.

    Raises:
        EnvironmentFault: One of them cannot be read.
    """
    return {form.code: form for form in map(load_print_form, sorted(folder.glob("*.toml")))}
