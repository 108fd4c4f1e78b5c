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
    auth_passwords.py     local accounts
    auth_oidc.py          sign-in at an OpenID provider
    auth_door.py          who may enter where
    auth.py               pages of sign-in, sign-out, one's own account
    metrics.py            figures for Prometheus, about nobody
    shares.py             how much a visitor may use
    replies.py            a question through the web: a thread answers, the turn is kept
    web_visitors.py       who visits: pseudonym, language, theme, share
    web_pages.py          templates, addresses, files that pages load
    web_errors.py         errors -> one shape of JSON, or a page
    web_safety.py         what every request passes: limits, headers, figures
    web_models.py         the JSON of the contract, for OpenAPI
    web_api.py            the JSON of the contract
    proofs.py             quotes inside their passages
    sheets.py             programmes for people: filters, sheets, comparison
    web_chat.py           the chat
    web_data.py           my data: export and erasure
    web_catalogue.py      the catalogue
    telegram_text.py      messages that Telegram accepts
    telegram_courier.py   calls to Telegram, patient with one chat without stopping the others
    telegram_delivery.py  the answer to one update, sent once, growing under the reader's eyes
    telegram_updates.py   the inbox: every update answered once, in order within its chat
    telegram_talk.py      what every part of the bot works with
    telegram_answers.py   questions, proofs, suggestions, thumbs
    telegram_profile.py   who learns, and their path
    telegram_catalogue.py the catalogue and the sheets
    telegram_door.py      who may come in; start, help, data, erasure
    telegram_bot.py       the Telegram bot
    telegram_webhook.py   its webhook beside the web application
    adviser_desk.py       what the adviser's pages share
    adviser_forms.py      the profile as a form
    adviser_drawings.py   where the marks of a timeline and a curve stand
    adviser_edits.py      what-if, and what differs between two paths
    adviser_paths.py      paths of agents
    adviser_share.py      files and links of a path
    adviser_files.py      files of a team plan
    adviser_solver.py     team plans solved in the background
    adviser_team.py       plans of teams
    adviser_insight.py    what the service teaches; accounts, audit trail
    adviser.py            the workspace on the application
    web.py                the HTTP application
    terminal.py           what the command prints for people
    cli_common.py         what the commands share
    measure_profiles.py   figures of recommendations
    measure.py            figures of quality, as JSON and as lines
    serving.py            uvicorn: says where it answers, ends gracefully
    cli_index.py          reindex, status, show, search, export
    cli_ask.py            ask
    cli_paths.py          recommend, plan
    cli_measure.py        evaluate, train
    cli_serve.py          serve, gaps, forget
    cli_telegram.py       telegram
    cli_users.py          user add, list, remove, role
    cli.py                the `jalon` command
"""
