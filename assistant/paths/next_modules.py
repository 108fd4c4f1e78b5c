"""What comes before a module, what comes right after it, and what it opens later."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.errors import BadRequest
from assistant.paths.modules import Module, Names, is_module, module_of
from assistant.paths.recommender import CatalogueLike


@dataclass(frozen=True, slots=True)
class Around:
    """Titles: ``before`` in an order in which they can be taken, ``next`` what needs this module directly, ``later`` the rest."""

    document: str
    title: str
    before: tuple[str, ...]
    next: tuple[str, ...]
    later: tuple[str, ...]


def around(catalogue: CatalogueLike, name: str) -> Around:
    """The neighbours of a module by prerequisites. Raises BadRequest for a name (code, title or document) of no module, or of several."""
    modules: list[Module] = []
    for programme in catalogue.programmes():
        document = catalogue.document(programme.document)
        if is_module(programme, document):
            modules.append(module_of(programme, document))
    names = Names(modules)
    meant = sorted(names.meant(name))
    if len(meant) != 1:
        raise BadRequest(
            f"No module is called '{name}': give its code, title or document id." if not meant
            else f"Several modules are called '{name}' ({', '.join(meant[:5])}): give the document id."
        )  # fmt: skip
    titles = {m.document: m.title for m in modules}
    needs = {m.document: list(dict.fromkeys(d for r in names.requirements(m, frozenset()) for d in r.documents)) for m in modules}
    opens: dict[str, list[str]] = {}
    for module, required in needs.items():
        for other in required:
            opens.setdefault(other, []).append(module)
    start = meant[0]
    before = _reach(start, needs)
    later = _reach(start, opens)
    first = [d for d in opens.get(start, ()) if d != start]
    return Around(
        start, titles[start], tuple(titles[d] for d in reversed(before)), tuple(titles[d] for d in first),
        tuple(titles[d] for d in later if d not in first),
    )  # fmt: skip


def _reach(start: str, edges: dict[str, list[str]]) -> list[str]:
    """Everything reached from a module, the nearest first, itself left out."""
    found: list[str] = []
    queue = list(edges.get(start, ()))
    while queue:
        document = queue.pop(0)
        if document not in found and document != start:
            found.append(document)
            queue.extend(edges.get(document, ()))
    return found
