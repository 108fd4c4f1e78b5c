"""XML without what makes XML dangerous: no entities, no network, no document type that is fetched, no deep nesting."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

from corpus.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]


def parse_xml(data: bytes) -> _Element:
    """The root element. Raises UnreadableDocument for what is no XML, or declares entities.

    Three faults that feeds often have are mended: bytes of Windows-1252 declared as UTF-8, bare ampersands, and the names
    of HTML's characters ("&eacute;").
    """
    from lxml import etree  # type: ignore[import-untyped]

    # huge_tree off: libxml2's own limits on depth (256) and on the size of a text stay on.
    def parser() -> etree.XMLParser:
        return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)

    try:
        root = etree.fromstring(data, parser=parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        try:
            root = etree.fromstring(_mended(data), parser=parser())
        except (etree.XMLSyntaxError, ValueError):
            reason = str(error).split("\n")[0][:120]
            raise UnreadableDocument(f"The XML cannot be read ({reason}): export it again.") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise UnreadableDocument("The XML declares entities, which are not read from untrusted files: export it without a document type.")
    return root


def _mended(data: bytes) -> bytes:
    declared = re.match(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]+)", data)
    try:
        text = data.decode(declared.group(1).decode("ascii") if declared else "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = data.decode("cp1252", "replace")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    text = re.sub(r"&(?!(?:amp|lt|gt|quot|apos);)([a-zA-Z]\w{1,30});", lambda m: html5.get(f"{m.group(1)};", f"&amp;{m.group(1)};"), text)
    return re.sub(r"&(?!#?\w+;)", "&amp;", text).encode("utf-8")


def local(element: _Element) -> str:
    """The name of the element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
