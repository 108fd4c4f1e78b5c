"""Jalon's search as a LangChain retriever, for those who build a chain of their own around it.

    >>> from index.store import Store                                      # doctest: +SKIP
    >>> retriever = JalonRetriever(search=Store(home).current().search)    # doctest: +SKIP
    >>> retriever.invoke("Combien coûte le cycle ?")[0].metadata["document"]   # doctest: +SKIP

Not imported by Jalon itself: LangChain costs a second at start.
"""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index.search import Search


class JalonRetriever(BaseRetriever):
    """The ``k`` best passages of the hybrid search; ``minimum`` leaves out those with a lower calibrated score (0..1).

    Each LangChain document holds a passage verbatim; its metadata say where it stands: ``document``, ``title``,
    ``heading``, ``page``, ``start`` and ``end`` (characters of the document's text) and ``score``.
    """

    search: Any  # index.search.Search; LangChain's models take no class they cannot validate
    k: int = 10
    minimum: float = 0.0

    def model_post_init(self, context: Any, /) -> None:
        super().model_post_init(context)
        if not isinstance(self.search, Search):
            raise TypeError("search is the Search of an opened index: Store(home).current().search")

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:  # noqa: ARG002 - LangChain's
        hits = self.search.search(query, self.k)
        return [
            Document(
                page_content=hit.passage.text,
                id=hit.passage.id,
                metadata={
                    "document": hit.passage.document, "title": hit.passage.title, "heading": hit.passage.heading, "page": hit.passage.page,
                    "start": hit.passage.start, "end": hit.passage.end, "score": hit.score,
                },
            )
            for hit in hits
            if hit.score >= self.minimum
        ]  # fmt: skip
