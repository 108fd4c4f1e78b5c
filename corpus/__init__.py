"""Documents -> records. Knows files and French; no vectors, no chat.

In the order data passes them (a file imports only from files earlier in this list):

    errors.py       what can go wrong here, as a tree
    records.py      Document, Section, Passage, Programme, Fact, Span ...: what every room passes on
    packing.py      records -> plain values and back, for pipes and files
    french.py       folding, tokens, stems, stop words, sentences
    vocabulary.py   closed vocabularies: versants, catégories, employers, modes; acronyms
    readers/        one file a format -> Document
    facts/          one file a family of facts: text -> Fact with its span
    programmes.py   Document -> Programme
    passages.py     Document -> passages with their heading path
    catalogue.py    the catalogue of a generation (SQLite); what changed between two
    worker.py       the process in which untrusted files are read and understood
    safety.py       starts it, with limits, and takes what it sends
    stated.py       the values that a programme states, by field and type
    exchange_jsonld.py  Programme -> schema.org Course
    exchange_lheo.py    Programme -> LHEO formation
    exchange.py     the catalogue written back as LHEO or schema.org JSON-LD
    demo/           the demo programmes, Markdown
"""
