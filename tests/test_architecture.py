"""The house holds: imports flow one way, libraries stay in their homes, one reader of the environment."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ["corpus", "index", "assistant", "bots"]
HOMES = {
    "chromadb": "index", "sentence_transformers": "index", "torch": "index", "model2vec": "index",
    "langchain": "assistant", "langchain_core": "assistant", "langchain_openai": "assistant", "ortools": "assistant",
    "fastapi": "bots", "starlette": "bots", "telegram": "bots", "typer": "bots", "sqlalchemy": "bots", "alembic": "bots",
    "pydantic_settings": "bots", "authlib": "bots",
}  # fmt: skip
HEAVY = {
    "sentence_transformers",
    "torch",
    "chromadb",
    "langchain",
    "langchain_openai",
    "transformers",
    "ortools",
    "datasets",
    "pdfplumber",
    "docx",
    "odf",
}
FILES = sorted(path for package in ORDER for path in (ROOT / package).rglob("*.py"))


def imports(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """(module imported, whether at the top level of the file)."""
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            yield node.module, id(node) in top


ROOMS = sorted(path.parent.relative_to(ROOT).as_posix() for package in ORDER for path in (ROOT / package).rglob("__init__.py"))


def listed(room: str) -> list[str]:
    """The files of a room (a package, or a package inside one) in the order of its docstring."""
    docstring = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    return re.findall(r"^ {4}(\w+)(?:\.py|/)", docstring, re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_flow_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    for module, at_top in imports(ast.parse(path.read_text(encoding="utf-8"))):
        name = module.split(".")[0]
        if name in ORDER:
            assert ORDER.index(name) <= ORDER.index(package), f"{package} imports {module}, against the flow"
        if name in HOMES:
            assert HOMES[name] == package, f"{module} belongs in {HOMES[name]}/"
        assert not (at_top and name in HEAVY), f"heavy import of {module} at the top of the module"


@pytest.mark.parametrize("room", ROOMS)
def test_the_docstring_lists_the_files_in_the_order_of_the_flow(room: str) -> None:
    names = listed(room)
    found = {path.stem for path in (ROOT / room).glob("*.py") if path.stem != "__init__"}
    found |= {path.parent.name for path in (ROOT / room).glob("*/__init__.py")}
    assert found <= set(names), f"{room}/__init__.py does not list {sorted(found - set(names))}"
    inside = room.split("/")
    for path in (ROOT / room).rglob("*.py"):
        own = path.relative_to(ROOT / room).parts[0].removesuffix(".py")
        if own == "__init__":
            continue
        for module, _ in imports(ast.parse(path.read_text(encoding="utf-8"))):
            parts = module.split(".")
            if parts[: len(inside)] == inside and len(parts) > len(inside) and parts[len(inside)] != own:
                assert names.index(parts[len(inside)]) < names.index(own), f"{path.name} imports {module}, which stands later in the list"


def test_only_settings_read_the_environment() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")
    ]
    assert set(readers) <= {"bots/settings.py"}


def test_no_pickle_and_no_remote_code() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\bimport pickle\b|\ballow_pickle=True\b|trust_remote_code=True", text), path
