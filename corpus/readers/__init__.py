"""Files -> Document, one file a format.

In the order of imports (a file imports only from files earlier in this list):

    find.py          PATHs -> the files to read, and those refused with their reason
    limits.py        what reading one document may cost; checks made before and while reading
    naming.py        what a line of a page is, by its words: a name, a house, a menu, a field
    opening.py       the early lines of a text: running text, lines that go on, pieces, series
    titles.py        which line of a text is its title
    builder.py       text, blocks, links and facts of a document, put together piece by piece
    columns.py       columns of running text side by side -> one below the other
    plain.py         bytes -> text; headings, items and rows of plain text
    beir.py          records, one JSON object a line
    html.py          HTML: pages, and the pieces of it inside other formats
    values.py        amounts, durations and dates of feeds, and the words that say them
    sheet.py         a structured source written as a readable sheet, each stated fact at its place
    graph.py         JSON-LD -> plain nodes
    offers.py        schema.org offers -> prices
    jsonld.py        schema.org courses
    webpage.py       web pages with the courses embedded in them
    frontmatter.py   the head of a Markdown file
    markdown.py      Markdown
    pdf_layout.py    the words of a PDF page -> lines in reading order
    pdf.py           PDF
    xmltree.py       XML without entities
    word.py          Word (.docx)
    opendocument.py  OpenDocument (.odt)
    lheo_words.py    the words behind LHEO's codes
    lheo.py          LHEO feeds
    formats.py       which reader takes a file
"""

from corpus.readers.find import Failure, Source, find

__all__ = ["Failure", "Source", "find"]
