"""No module of the program imports what could speak to a network, not even inside a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "antq_desktop"
FORBIDDEN = {
    # the standard library
    *("socket", "ssl", "http", "urllib", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib"),
    *("nntplib", "xmlrpc", "socketserver", "asyncio", "webbrowser"),
    # Qt
    *("PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebSockets", "PySide6.QtHttpServer"),
    *("PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "PySide6.QtWebView"),
    *("PySide6.QtWebChannel", "PySide6.QtBluetooth", "PySide6.QtRemoteObjects", "PySide6.QtSql"),
    # others, and drivers of databases elsewhere
    *("requests", "httpx", "aiohttp", "urllib3", "websockets", "paramiko", "psycopg", "psycopg2"),
    *("asyncpg", "pymysql", "MySQLdb", "pyodbc", "oracledb", "pymssql", "redis", "pymongo"),
}


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in {"__import__", "import_module"} and isinstance(first, ast.Constant):
                yield str(first.value)


def reaching_out(files: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return each module with what it imports of the forbidden."""
    return {
        (file, name)
        for file, source in files.items()
        for name in imported(ast.parse(source))
        if any(name == one or name.startswith(f"{one}.") for one in FORBIDDEN)
    }


def test_nothing_of_the_program_reaches_out() -> None:
    files = {
        path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*.py")
    }
    assert len(files) > 100
    assert reaching_out(files) == set()


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "def f():\n    from urllib.request import urlopen",
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QTcpSocket",
        "import importlib\nimportlib.import_module('http.client')",
        "__import__('psycopg')",
    ],
)
def test_what_reaches_out_is_found(source: str) -> None:
    assert reaching_out({"planted.py": source})
    assert not reaching_out({"good.py": "import os\nfrom PySide6.QtCore import Qt\nimport httpish"})
