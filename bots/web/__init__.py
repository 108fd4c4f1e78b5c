"""Pages and API: what a visitor asks over HTTP, and what every request passes.

In the order data passes them:

    visitors.py     who visits: pseudonym, language, theme, share
    pages.py        templates, addresses, files that pages load
    errors.py       errors -> one shape of JSON, or a page
    safety.py       what every request passes: limits, headers, figures
    models.py       the JSON of the contract, for OpenAPI
    api.py          the JSON of the contract
    chat.py         the chat
    data.py         my data: export and erasure
    catalogue.py    the catalogue
"""
