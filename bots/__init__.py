"""The outside. The only home of fastapi, telegram, typer, the environment and the database of state.

In the order data passes them (a file imports only from files earlier in this list or from packages to the left):

    errors.py             what can go wrong here, as a tree
    settings.py           every setting: name, default, help. Nobody else reads the environment
    messages.py           one table: error -> sentence for people, shared by every channel; fr and en
    masking.py            text without what could name a person
    views.py              records -> the JSON of the contract, and back
    views_plan.py         the training plan of a team as JSON
    assemble.py           opens an index, builds an Assistant
    migrations/           the schema of the state, step by step
    database.py           SQLite or PostgreSQL, opened and migrated
    gaps.py               unanswered questions by theme
    state.py              conversations, feedback, unanswered questions
    state_auth.py         accounts, sessions, audit trail
    state_adviser.py      saved paths with versions and links, team plans
    state_telegram.py     updates answered, chats, links
    auth/                 passwords, OpenID Connect, the door
    sign_in.py            pages of sign-in, sign-out, one's own account
    metrics.py            figures for Prometheus, about nobody
    shares.py             how much a visitor may use
    replies.py            a question through the web: a thread answers, the turn is kept
    proofs.py             quotes inside their passages
    sheets.py             programmes for people: filters, sheets, comparison
    web/                  pages and API: what a visitor asks over HTTP, and what every request passes
    telegram/             the Telegram bot
    adviser/              the adviser's workspace: paths, team plans, insight
    app.py                the HTTP application
    terminal.py           what the command prints for people
    command_line.py       what the commands share
    measure_profiles.py   figures of recommendations
    measure.py            figures of quality, as JSON and as lines
    serving.py            uvicorn: says where it answers, ends gracefully
    cli/                  the `jalon` command, one file a family of commands
"""
