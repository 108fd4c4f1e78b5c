"""A learner profile -> the modules that suit, and the best path through them.

In the order data passes them (a file imports only from files earlier in this list):

    modules.py       a programme sheet as something that can be planned; what it requires
    subject.py       what a sheet is about, and whether the words of a wish meet there
    audience.py      whom a sheet addresses, and whether a role is among them
    relevance.py     how well a sheet suits a learner, and by which words
    recommender.py   which modules of a catalogue suit a learner
    solver.py        one search: CP-SAT, and branch-and-cut where its proof takes long
    model.py         items, options, limits -> constraints (OR-Tools CP-SAT)
    search.py        the best path, the smallest change, other paths
    problem.py       candidates and a profile -> items, options, limits, and back
    sentences.py     the fixed sentences of paths
    explain.py       a reason for every step and every exclusion
    relax.py         the smallest changes that make more possible
    path.py          the optimal path of a learner, explained
    next_modules.py  what a module asks for and what it opens
    cohort_file.py   a file of agents -> who is to be trained
    cohort.py        the training plan of a team
    evaluate.py      annotated profiles -> how well suitable modules come first
    export_text.py   what every file of a path says the same way
    export_word.py   the Word document of a path
    export.py        path -> iCalendar, CSV, Word, JSON-LD
"""
