"""The outside. The only home of fastapi, telegram, typer, the environment and the database of state.

In the order data passes them (a file imports only from files earlier in this list or from packages to the left):

    errors.py        what can go wrong here, as a tree
    settings.py      every setting: name, default, help. Nobody else reads the environment
    messages.py      one table: error -> sentence for people, shared by every channel; fr and en
    views.py         records -> the JSON of the contract, and back
    assemble.py      opens an index, builds an Assistant
    state.py         conversations, feedback, saved paths, unanswered questions
    web.py           the HTTP application
    telegram_bot.py  the Telegram bot
    cli.py           the `jalon` command
"""
