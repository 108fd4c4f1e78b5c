"""The adviser's workspace: paths, team plans, insight.

In the order data passes them:

    desk.py         what the adviser's pages share
    forms.py        the profile as a form
    drawings.py     where the marks of a timeline and a curve stand
    edits.py        what-if, and what differs between two paths
    paths.py        paths of agents
    share.py        files and links of a path
    files.py        files of a team plan
    solver.py       team plans solved in the background
    team.py         plans of teams
    insight.py      what the service teaches; accounts, audit trail
    routes.py       the workspace on the application
"""
