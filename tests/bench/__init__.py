"""Jalon beside what people would pick instead, in one process tree: ``python -m tests.bench`` (``make bench``).

corpora.py   the questions and passages that everybody gets
systems.py   the systems, behind one signature
worker.py    one measurement in a process of its own
__main__.py  all of them, and the table
"""
