"""What a person says about themselves -> a learner profile.

In the order of imports (a file imports only from files earlier in this list):

    jobs.py     the job taxonomy: functional domains, and what a role's name says
    dates.py    periods and lengths of time as people say them
    words.py    what a sentence says about its speaker
    profile.py  words, form or file -> LearnerProfile; the questions that fill it in
"""
