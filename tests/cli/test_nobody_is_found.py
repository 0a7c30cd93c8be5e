"""The command line finds no person of an incident, and has no verb that would look for one."""

from __future__ import annotations

from antq_desktop.cli.main import VERBS
from antq_desktop.domain.text import fold
from tests.cli.conftest import Antq
from tests.stores import INCIDENT

NOBODY, CITIZEN_ID, CALLBACK = "Người Được Giấu Kín", "000999888777", "0100999888"


def test_the_list_of_incidents_finds_no_person_of_an_incident(antq: Antq) -> None:
    person = {"role": "witness", "name": NOBODY, "citizen_id": CITIZEN_ID}
    antq.add("incident", {**INCIDENT, "callback": CALLBACK, "involved": [person]})
    for typed in (NOBODY, CITIZEN_ID, CALLBACK):
        found = antq.json("record", "list", "incident", "--search", typed).value
        assert found["total"] == 0, typed


def test_there_is_no_verb_for_it() -> None:
    told = [fold(f"{' '.join(verb.words)} {verb.help}") for verb in VERBS]
    assert [one for one in told if "nguoi" in one.split() or "person" in one] == []
