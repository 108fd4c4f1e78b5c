"""Passages -> search. The only home of chromadb and sentence-transformers.

In the order data passes them (a file imports only from files earlier in this list or from corpus):

    errors.py     what can go wrong here, as a tree
    embedder.py   Embedder protocol; the static default; any sentence-transformers model
    model/        the default French embedding model, and its card
    vectors.py    Chroma (distance becomes similarity here and nowhere else)
    lexical.py    fielded BM25
    fusion.py     scores of several legs -> one calibrated score
    rerank.py     optional cross-encoder
    search.py     Hit; lexical, vector and hybrid search behind one signature
    manifest.py   how a generation was made
    build.py      build a generation aside, verify it, publish it
    store.py      the generations on disk; readers that notice a new one
    evaluate.py   nDCG, recall, MRR on BEIR folders
    train.py      train or adapt the embedding model
"""
