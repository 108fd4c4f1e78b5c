"""Questions -> answers and paths. The only home of langchain.

In the order data passes them (a file imports only from files earlier in this list or from packages to the left):

    errors.py        what can go wrong here, as a tree
    records.py       Citation, Answer, LearnerProfile, LearningPath ...: what goes out to bots/
    jobs.py          the job taxonomy: functional domains, and what a role's name says
    learner_dates.py periods and lengths of time as people say them
    learner_words.py what a sentence says about its speaker
    learner.py       words, form or file -> LearnerProfile; the questions that fill it in
    prompts.py       every prompt and fixed sentence
    question.py      what is asked: intent, programmes named, follow-up, the learner's own words about themselves
    eligibility.py   rules and verdicts
    answer.py        facts and passages -> Answer with citations, or an abstention
    grounding.py     the checks that nothing unproven passes
    chat_model.py    the LangChain seam
    conversation.py  Assistant.reply(...) -> stream of events; memory of a conversation
    recommender.py   which modules, why
    path.py          the optimal path (OR-Tools CP-SAT)
    cohort.py        the training plan of a team
    export.py        path -> iCalendar, CSV, Word, JSON-LD
"""
