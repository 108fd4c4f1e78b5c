"""The `jalon` command, one file a family of commands.

In the order data passes them:

    index.py        reindex, status, show, search, export
    ask.py          ask
    paths.py        recommend, plan
    measure.py      evaluate, train
    serve.py        serve, gaps, forget
    telegram.py     telegram
    users.py        user add, list, remove, role
    main.py         the `jalon` command
"""
