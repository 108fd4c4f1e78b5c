"""Text -> facts with their spans, one file a family of facts.

In the order of imports (a file imports only from files earlier in this list):

    topics.py      what a heading or a key announces
    keys.py        keys and cells in a line
    numbers.py     numbers as French documents write them
    words.py       the words at which a pattern may begin
    lines.py       lines, their marks, and those that go on in the next
    segments.py    the lines of a document cut into segments, each with its topic
    layout.py      the document as extractors see it
    related.py     what a page says of other courses and of the site
    series.py      the courses that a page lists by number, code or heading
    sections.py    the courses of a page that holds several
    labels.py      for whom and for what an amount or a duration is
    texts.py       objectives, audience, prerequisites, content, registration
    fees.py        whether an amount is what somebody must pay to take part
    free.py        what says that nothing is to be paid
    prices.py      what somebody must pay
    durations.py   how long it lasts
    moments.py     dates as they are written
    roles.py       what a date is the date of
    dates.py       sessions, deadlines, the document's own date
    contacts.py    e-mails, phones, web addresses
    people.py      capacity
    identity.py    code, provider, certification
    places.py      location and mode
    modules.py     modules
    mentions.py    of several mentions of a value, those that prove it best
    kinds.py       what the document is
    evaluate.py    precision and recall per field on annotated documents
"""
