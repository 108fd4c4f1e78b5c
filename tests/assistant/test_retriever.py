"""A LangChain user finds what Jalon finds, and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.retriever import JalonRetriever
from bots.assemble import Service
from bots.settings import Settings


def test_a_chain_gets_passages_with_their_place(demo_home: Path) -> None:
    from langchain_core.runnables import RunnableLambda

    opened = Service(Settings(home=demo_home)).opened()
    retriever = JalonRetriever(search=opened.search, k=3)
    chain = retriever | RunnableLambda(lambda found: [document.metadata["document"] for document in found])
    query = "former des formateurs internes en Polynésie"
    assert chain.invoke(query) == [hit.passage.document for hit in opened.search.search(query, 3)]
    for found in retriever.invoke(query):
        text = opened.catalogue.document(found.metadata["document"]).text
        assert found.page_content == text[found.metadata["start"] : found.metadata["end"]]
    assert JalonRetriever(search=opened.search, minimum=1.01).invoke(query) == []


def test_something_that_is_no_search_is_refused() -> None:
    with pytest.raises(TypeError, match="Store"):
        JalonRetriever(search="an index")
