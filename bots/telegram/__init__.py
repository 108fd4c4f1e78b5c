"""The Telegram bot.

In the order data passes them:

    text.py         messages that Telegram accepts
    request.py      HTTP to Telegram
    courier.py      calls to Telegram, patient with one chat without stopping the others
    delivery.py     the answer to one update, sent once, growing under the reader's eyes
    updates.py      the inbox: every update answered once, in order within its chat
    talk.py         what every part of the bot works with
    answers.py      questions, proofs, suggestions, thumbs
    profile.py      who learns, and their path
    catalogue.py    the catalogue and the sheets
    door.py         who may come in; start, help, data, erasure
    bot.py          the Telegram bot
    webhook.py      its webhook beside the web application
"""
