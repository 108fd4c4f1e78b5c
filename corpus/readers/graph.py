"""JSON-LD as it is found in the wild -> plain nodes: prefixes off, references resolved, French preferred.

Only what schema.org feeds use is handled, and no context is ever fetched. Values are handed on as ``Node`` or text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import UnreadableDocument

_PREFIX = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:|sdo:)")
DEEPEST = 60
"""Levels of nesting; a catalogue has some ten."""


@dataclass(slots=True)
class Node:
    """One object: its types and properties, without prefixes; ``raw`` is the object as it was written."""

    raw: dict[str, Any]
    graph: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def types(self) -> list[str]:
        return [_PREFIX.sub("", t) for t in _list(self.raw.get("@type", self.raw.get("type"))) if isinstance(t, str)]

    @property
    def id(self) -> str:
        value = self.raw.get("@id", "")
        return value if isinstance(value, str) else ""

    def values(self, *names: str) -> list[Node | str | int | float | bool]:
        """The values of the properties of these names, in order; empty texts are left out."""
        found: list[Node | str | int | float | bool] = []
        for name in names:
            for key in (name, f"schema:{name}", f"https://schema.org/{name}", f"http://schema.org/{name}", f"sdo:{name}"):
                if key in self.raw:
                    found.extend(self._unpacked(self.raw[key]))
        return found

    def nodes(self, *names: str) -> list[Node]:
        return [v for v in self.values(*names) if isinstance(v, Node)]

    def texts(self, *names: str) -> list[str]:
        """The texts of the properties; a node gives what it is called."""
        return [t for t in (name_of(v) for v in self.values(*names)) if t]

    def text(self, *names: str) -> str:
        return next(iter(self.texts(*names)), "")

    def _unpacked(self, value: Any) -> Iterator[Node | str | int | float | bool]:
        items = _list(value)
        localised = [i for i in items if isinstance(i, dict) and "@value" in i]
        if len(localised) > 1 and any("@language" in i for i in localised):
            # The same text in several languages: French where there is French, else the first.
            language = next((i for i in localised if str(i.get("@language", "")).lower().startswith("fr")), localised[0]).get("@language")
            items = [i for i in items if not (isinstance(i, dict) and "@value" in i) or i.get("@language") == language]
        for item in items:
            if isinstance(item, dict):
                if "@value" in item:
                    yield from self._unpacked(item["@value"])
                elif "@list" in item or "@set" in item:
                    yield from self._unpacked(item.get("@list", item.get("@set")))
                else:
                    yield Node(self._resolved(item), self.graph)
            elif isinstance(item, bool | int | float):
                yield item
            elif isinstance(item, str) and item.strip():
                yield item.strip()

    def _resolved(self, item: dict[str, Any]) -> dict[str, Any]:
        reference = item.get("@id")
        if set(item) <= {"@id", "@type"} and isinstance(reference, str):
            return self.graph.get(reference, item)
        return item


def name_of(value: Node | str | float | bool) -> str:
    """What a person would call the value: the text itself, or the name of a node."""
    if isinstance(value, str):
        return value
    if isinstance(value, Node):
        name = value.text(
            "name", "title", "headline", "targetName", "credentialCategory", "audienceType", "educationalRole", "termCode", "value", "description"
        )
        return name or (_PREFIX.sub("", value.id) if value.id and not value.id.startswith(("_:", "#")) else "")
    if isinstance(value, bool):
        return "oui" if value else "non"
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)


def load(text: str) -> Any:
    """The JSON value. Raises UnreadableDocument for what is no JSON, or nested too deeply."""
    try:
        value = json.loads(text.removeprefix("\ufeff"))
    except RecursionError as error:
        raise UnreadableDocument("The JSON is nested too deeply: simplify it.") from error
    except ValueError as error:
        place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableDocument(f"The file is not valid JSON{place}: export it again.") from error
    if _depth(value) > DEEPEST:
        raise UnreadableDocument("The JSON is nested too deeply: simplify it.")
    if re.search(r"\\u(?:[dD][89abAB]|0000)", text):
        # Half a character, or none: neither can be stored.
        whole = json.dumps(value, ensure_ascii=False).replace("\\u0000", "")
        value = json.loads(whole.encode("utf-8", "replace").decode("utf-8"))
    return value


def all_nodes(value: Any) -> list[Node]:
    """Every object of the value that has a type, in the order of the file, each knowing the objects that have an @id."""
    objects = list(_objects(value))
    graph: dict[str, dict[str, Any]] = {}
    for item in objects:
        name = item.get("@id")
        if isinstance(name, str) and len(item) > len(graph.get(name, {})):
            graph[name] = item
    return [Node(item, graph) for item in objects if "@type" in item or "type" in item]


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack.extend(reversed([v for k, v in item.items() if k != "@context"]))
        elif isinstance(item, list):
            stack.extend(reversed(item))


def _depth(value: Any) -> int:
    deepest, level = 0, [value]
    while level and deepest <= DEEPEST:
        deepest += 1
        level = [v for item in level for v in (item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())]
    return deepest


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
