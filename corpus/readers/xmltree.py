"""XML without what makes XML dangerous: no entities, no network, no document type that is fetched, no deep nesting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]


def parse_xml(data: bytes) -> _Element:
    """The root element. Raises UnreadableDocument for what is no XML, or declares entities."""
    from lxml import etree  # type: ignore[import-untyped]

    # huge_tree off: libxml2's own limits on depth (256) and on the size of a text stay on.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).split("\n")[0][:120]
        raise UnreadableDocument(f"The XML cannot be read ({reason}): export it again.") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise UnreadableDocument("The XML declares entities, which are not read from untrusted files: export it without a document type.")
    return root


def local(element: _Element) -> str:
    """The name of the element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
