"""Questions -> answers and paths. The only home of langchain.

In the order data passes them (a file imports only from files earlier in this list or from packages to the left):

    errors.py        what can go wrong here, as a tree
    records.py       Citation, Answer, LearnerProfile, LearningPath ...: what goes out to bots/
    roots.py         stems for matching trades and subjects
    kin.py           words of one family: "rédaction" for "rédiger"
    learner/         what people say about themselves -> LearnerProfile
    matters.py       parking, refunds, meals ...: how each is asked for, how a line says it
    cues.py          whole wordings of a question, stronger than the nouns beside them
    prompts.py       every prompt and fixed sentence
    wording.py       the words people use: which ask for what, which say nothing about a subject
    english.py       English names of subjects -> the words of French titles
    intent.py        what a message asks: parts, aspects, lists, comparisons, language
    asked.py         what a question calls a programme: a name, a kind of diploma, places
    mentions.py      the names of programmes, and which of them a question says
    lines.py         where lines end, unmarked headings, the furniture of a page
    evidence.py      a document laid out for answering: its lines and what proves a span
    selection.py     which lines answer: by section, by the question's words
    parts.py         a page that holds several courses: each as a sheet of its own
    payers.py        whether a price is anybody's but the asker's
    rules.py         the conditions of access that a sheet states
    told.py          what a person answers about a condition, and what that settles
    eligibility.py   rules and a profile -> a verdict
    zones.py         where a document says a word: title, head, text
    library.py       the catalogue and its search as answering needs them
    fits.py          whether a sheet can be the one that is meant
    inside.py        programmes named inside their text only
    described.py     programmes meant by their school, town, people, a word of the same family
    another.py       a name given in full that is another programme's
    siblings.py      another level, another school than those of the programme spoken of
    resolve.py       which document a question is about
    compose.py       sentences, markers, quotes, length
    contact_field.py whom to ask: the contacts of a sheet
    numbered.py      a part of a programme asked for by its number or its subject
    fields.py        facts -> sentences
    times.py         how long and when: durations, sessions
    venue.py         where a programme is held
    themes.py        a thesaurus of what people ask about, how it is headed, how it is said
    content.py       content questions: the sentences that answer
    enrolment.py     how one registers, of which parts a programme is made
    aspects.py       one aspect of one sheet: a field, a section, or nothing said
    answer.py        one question on one programme, or an abstention that names what is missing
    compared.py      which programmes a comparison is between
    comparison.py    programmes side by side, and what they come to together
    several.py       lists of programmes
    paths/           a profile -> the modules that suit, the best path, plans of teams
    respond.py       one part of a message, routed by what is asked
    grounding.py     the checks that nothing unproven passes
    chat_model.py    the LangChain seam
    writing.py       a chat model's answer, sentence by sentence; else the extractive one
    conversation.py  Assistant.reply(...) -> stream of events; memory of a conversation
    retriever.py     the search as a LangChain retriever
    evaluate.py      annotated questions -> how many are answered right, by intent
"""
