"""What goes wrong between units, played in a small district: every line comes out as expected."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from antq_desktop.services.demo.making import Maker, Share
from antq_desktop.services.demo.movement import MovementShare
from antq_desktop.services.demo.playing import accidents_of
from antq_desktop.services.demo.seen import Seen, table_of
from antq_desktop.services.demo.stage import Stage, introduce, make_office, unit_tree
from antq_desktop.services.office import Offices
from antq_desktop.services.profiles import COMMUNE_LEVEL, RECEIVER_LEVEL
from tests.services.test_demo import lot

SHARE = Share(
    neighbourhoods=3, schools=1, kept=1, new=0, movement=MovementShare(1, 1, 1, 9, 1, 1, 1, 1, 1)
)
COMMUNES = 6
SCENES = ("Ba máy", "mất USB", "khôi phục bản sao lưu cũ", "Thu hồi", "nhập vào", "nhập sang")


def played(offices: Offices, out: Path, seed: int) -> list[Seen]:
    """Play them in six communes with a few records each."""
    rng = lot(seed)
    tree = unit_tree()
    top = next(unit for unit in tree if not unit.parent)
    communes = tree.below(top.id)[:COMMUNES]
    with closing(make_office(offices, out, RECEIVER_LEVEL, top)) as district:
        stage = Stage(offices, out, district)
        for unit in communes:
            with closing(make_office(offices, out, COMMUNE_LEVEL, unit)) as office:
                Maker(office, rng).commune(unit, SHARE)
                introduce(office, district, stage.stick)
                stage.merged(stage.sealed(office))
        return accidents_of(stage, communes, seed)


def test_every_accident_comes_out_as_it_has_to(offices: Offices, tmp_path: Path) -> None:
    seen = played(offices, tmp_path, 1)
    assert [line for line in seen if not line.fine] == []
    told = dict.fromkeys(line.scene for line in seen)
    assert len(told) == len(SCENES)
    assert [name for name, scene in zip(SCENES, told, strict=True) if name not in scene] == []
    text = "\n".join(table_of(seen))
    assert "ngăn: phải là signer_revoked; thấy signer_revoked" in text
    assert "LỆCH" not in text


def test_a_line_that_came_out_otherwise_is_marked() -> None:
    wrong = Seen("Mất USB", "Nội dung đã đến", "2", "1")
    assert not wrong.fine
    assert table_of([wrong])[-1].endswith("phải là 2; thấy 1  LỆCH")


@pytest.mark.heavy
@pytest.mark.parametrize("seed", [7, 2022])
def test_they_do_so_whichever_communes_are_drawn(
    offices: Offices, tmp_path: Path, seed: int
) -> None:
    assert [line for line in played(offices, tmp_path, seed) if not line.fine] == []
