"""One conclusion gives ten tasks with ten deadlines; two communes answer; the lateness is seen."""

from __future__ import annotations

from antq_desktop.domain.fields import Value
from tests.exchange import COMMUNES, World
from tests.stores import unsound

TASKS, FIRST_DAY = 10, 12


def test_ten_tasks_of_one_conclusion_are_given_answered_and_watched(world: World) -> None:
    district = world.receiver
    communes = [world.office(name) for name in COMMUNES[:2]]
    for office in communes:
        world.round(office)

    meeting: dict[str, Value] = {
        "held_on": "2026-11-03",
        "title": "Giao ban tháng 11",
        "meeting_kind": district.codes["meeting_kind"].values[0].id,
        "conclusion_document": "45/TB-MẪU",
    }
    source = district.records.add("meeting", meeting).ids[0]
    given: list[tuple[str, ...]] = []
    for number in range(TASKS):
        values: dict[str, Value] = {
            "title": f"Việc thứ {number + 1} của kết luận",
            "source": source,
            "deadline": f"2026-11-{FIRST_DAY + 2 * number:02d}",
            "lead": "Trưởng Công an xã",
        }
        given.append(district.assignments.give(values, [one.unit for one in communes]).ids)
    for office in communes:
        world.round(office)
        waiting = office.assignments.waiting()
        assert len(waiting) == TASKS
        assert [line.deadline for line in waiting] == sorted(line.deadline for line in waiting)
        assert {line.source for line in waiting} == {"03/11/2026 · Giao ban tháng 11"}
        assert office.board.look().assigned[0].late

    first, second = communes
    for number in (0, 1, 2):
        first.assignments.answer(
            given[number][0],
            {"state": "done", "done_on": "2026-11-15", "answer_document": f"{number + 1}/BC-MẪU"},
        )
    second.assignments.answer(given[0][1], {"state": "in_progress", "result": "Đang làm."})
    for office in communes:
        world.round(office)

    lines = {line.id: line for line in district.assignments.tasks()}
    assert len(lines) == TASKS * 2
    late = {(line.unit, line.deadline) for line in lines.values() if line.late and not line.done}
    # today is 21 November: deadlines 12, 14, 16, 18 and 20 are over
    over = {f"2026-11-{day}" for day in range(FIRST_DAY, 21, 2)}
    assert late == {
        *((first.unit, day) for day in over - {"2026-11-12", "2026-11-14", "2026-11-16"}),
        *((second.unit, day) for day in over),
    }
    done = [lines[given[number][0]] for number in (0, 1, 2)]
    assert [(line.done, line.late) for line in done] == [(True, 3), (True, 1), (True, 0)]
    assert lines[given[0][1]].result == "Đang làm."
    board = district.board.look()
    assert sum(one.late for one in board.assigned) == len(late)
    assert unsound(district) == unsound(first) == unsound(second) == []
