"""The look, threads and invented lists that the tests of the window share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from antq_desktop.ui.jobs import Jobs
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.field import Kit
from tests.ui.gallery import make_kit

RESOURCES = Path(__file__).parents[2] / "resources"


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    made = Theme(RESOURCES)
    made.apply(qapp)
    return made


@pytest.fixture
def kit(theme: Theme) -> Kit:
    return make_kit(theme)


@pytest.fixture
def errors() -> list[BaseException]:
    return []


@pytest.fixture
def jobs(qapp: QApplication, errors: list[BaseException]) -> Iterator[Jobs]:
    made = Jobs(errors.append)
    yield made
    made.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the screenless platform say what it cannot do; it says so at every window."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))
