"""Passages -> search. The only home of chromadb and sentence-transformers.

In the order data passes them (a file imports only from files earlier in this list or from corpus):

    errors.py     what can go wrong here, as a tree
    threads.py    one thread for the small products of a query
    embedder.py   Embedder protocol; the static default; any sentence-transformers model
    model/        the default French embedding model, and its card
    vectors.py    Chroma (distance becomes similarity here and nowhere else)
    analysis.py   text -> the words that lexical search counts
    acronyms.py   acronyms and what they stand for, the documents' own included
    everyday.py   what people say and what administrations write for it (everyday.txt)
    postings.py   sparse counts -> BM25 impacts -> memory-mapped files
    lexical_build.py  passages -> the arrays of the lexical index
    lexical.py    fielded BM25
    nearness.py   words of a query beside near words of the passages
    dense.py      vectors by row, memory-mapped
    deferred.py   the vector store opened late, where its rows answer first
    spelling.py   misspelt query words -> words of the corpus
    fusion.py     scores of several legs -> one calibrated score (weights: fusion.json)
    rerank.py     optional cross-encoder
    search.py     Hit; lexical, vector and hybrid search behind one signature
    manifest.py   how a generation was made
    verify.py     the second process of a build: writes the vector store, verifies the generation
    second.py     starts it, and asks it
    gather.py     files -> catalogue, passages and vectors, in one pass
    build.py      build a generation aside, verify it, publish it
    store.py      the generations on disk; readers that notice a new one
    pairs.py      pairs to learn from
    evaluate.py   nDCG, recall, MRR on BEIR folders
    negatives.py  wrong answers that look right, mined by BM25
    noise.py      how people really type
    static_model.py  the default model's subwords, matrix and files
    train.py      train or adapt the embedding model
    tune.py       learn the weights of the fusion
"""
