"""The state on both databases, for real: what is kept, what is forgotten, and that nothing is left in the files."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.records import (
    Answer,
    Because,
    Citation,
    Eligibility,
    LearnerProfile,
    Memory,
    Money,
    Period,
    ProgrammeRef,
    Step,
    Turn,
)
from bots.errors import NotFound, StateUnavailable
from bots.state import State

CITATION = Citation("a b/é.md", "Coût : 100 €", 10, 22, 1, "Titre", "Pratique", 3)
VERDICT = Eligibility("to_check", (Because("Réservé à la catégorie A", CITATION),), ("Quelle est votre catégorie ?",))
STEP = Step("M1", "m.md", Period(date(2026, 1, 5), None), 2.0, Money(10.5), 0.7, ("but",), "raison", VERDICT)
ANSWER = Answer(
    "Combien ?",
    "100 € [1]",
    "price",
    programme=ProgrammeRef("a.md", "A"),
    citations=(CITATION,),
    eligibility=VERDICT,
    suggestions=("Et ?",),
    cards=(STEP,),
)
MEMORY = Memory(
    (Turn("Combien ?", "100 €", "price", ("a.md",)),),
    ("a.md",),
    LearnerProfile(
        role="DGS", goals=("x",), budget=Money(5, "XPF"), available=Period(date(2026, 1, 1)), unavailable=(Period(None, date(2026, 2, 1)),)
    ),
    "eligibility:category",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'un dossier' / 'state.sqlite'}"
    server: str = request.getfixturevalue("postgresql")
    return server


@pytest.fixture
def state(url: str) -> Iterator[State]:
    state = State(url)
    yield state
    state.close()


def test_what_is_saved_comes_back_equal(state: State) -> None:
    owner = state.owner("web", "a visitor")
    conversation = state.new_conversation("web", owner, "en")
    assert state.memory(conversation) == Memory()
    turn = state.save_turn(conversation, "Combien ?", ANSWER, MEMORY)
    assert state.memory(conversation) == MEMORY
    (saved,) = state.turns(conversation)
    assert (saved.id, saved.question, saved.answer, saved.rating) == (turn, "Combien ?", ANSWER, None)
    assert state.turn(turn) == saved
    assert [c.id for c in state.conversations(owner)] == [conversation]


def test_unknown_conversations_are_unknown(state: State) -> None:
    assert state.memory("nobody") is None and state.conversation("nobody\0") is None
    assert state.turns("nobody") == [] and state.turn(10**30) is None
    with pytest.raises(NotFound):
        state.save_turn("nobody", "?", ANSWER, MEMORY)


def test_a_pseudonym_is_stable_and_does_not_name_the_person(state: State, url: str) -> None:
    owner = state.owner("web", "jeanne@example.org")
    again = State(url)
    assert owner == again.owner("web", "jeanne@example.org") != state.owner("telegram", "jeanne@example.org")
    again.close()
    assert "jeanne" not in owner


def test_feedback_replaces_what_was_said_before(state: State) -> None:
    conversation = state.new_conversation("web")
    turn = state.save_turn(conversation, "?", ANSWER, MEMORY)
    assert state.feedback(turn, "up") and state.feedback(turn, "down", "wrong", "Le prix est faux\0")
    (saved,) = state.turns(conversation)
    assert (saved.rating, saved.reason) == ("down", "wrong")
    assert not state.feedback(turn + 1, "up")


def test_unanswered_questions_are_listed_without_the_person(state: State) -> None:
    conversation = state.new_conversation("web")
    silent = Answer("Je suis Camille Exemple : où garer mon vélo ?", "Je ne sais pas", "other", abstained=True)
    state.record_unanswered(ANSWER, "web", conversation)
    state.record_unanswered(silent, "web", conversation)
    (listed,) = state.unanswered()
    assert listed.question == "Je suis [nom] : où garer mon vélo ?"
    assert state.forget(conversation) == 2
    assert state.unanswered() == []


def test_forgetting_a_person_takes_everything_and_nobody_else(state: State) -> None:
    mine, other = state.owner("web", "me"), state.owner("web", "other")
    for owner in (mine, mine, other):
        conversation = state.new_conversation("web", owner)
        state.feedback(state.save_turn(conversation, "?", ANSWER, MEMORY), "up", comment="bien")
    exported = state.export(mine)
    assert {name: len(rows) for name, rows in exported.items()} == {"conversations": 2, "turns": 2, "feedback": 2}
    assert exported["turns"][0]["answer"]["text"] == ANSWER.text
    assert state.forget(mine) == 6
    assert state.export(mine) == {} and len(state.export(other)["turns"]) == 1
    assert state.forget(mine) == 0


def test_tables_of_other_channels_take_part_in_export_and_erasure(state: State) -> None:
    with state.database.write() as connection:
        connection.execute(sa.text("CREATE TABLE alarms (owner VARCHAR(64), what TEXT, expires BIGINT)"))
        connection.execute(sa.text("INSERT INTO alarms VALUES ('me', 'x', 0), ('you', 'y', 0), ('you', 'z', 99999999999)"))
    assert state.export("me") == {"alarms": [{"owner": "me", "what": "x", "expires": "1970-01-01T00:00:00+00:00"}]}
    assert state.forget("me") == 1
    assert state.expire(30) == 1
    assert [row["what"] for row in state.export("you")["alarms"]] == ["z"]


def test_conversations_expire_and_unanswered_questions_stay(url: str) -> None:
    now = [1_000_000_000.0]
    state = State(url, clock=lambda: now[0])
    old = state.new_conversation("web", state.owner("web", "old"))
    state.save_turn(old, "?", ANSWER, MEMORY)
    state.record_unanswered(Answer("Où ?", "", "other", abstained=True), "web", old)
    now[0] += 20 * 86_400
    young = state.new_conversation("web")
    now[0] += 11 * 86_400
    assert state.expire(30) == 1
    assert state.memory(old) is None and state.memory(young) == Memory() and state.turns(old) == []
    assert [q.question for q in state.unanswered()] == ["Où ?"]
    state.close()


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("how", ["forget", "expire"])
def test_erased_means_no_byte_left_in_the_files(tmp_path: Path, how: str) -> None:
    now = [1_000_000_000.0]
    state, reader = (State(f"sqlite:///{tmp_path / 'state.sqlite'}", clock=lambda: now[0]) for _ in range(2))
    owner = state.owner("web", "x")
    for number in range(30):  # enough rows for overflow pages and for pages that are split and merged
        conversation = state.new_conversation("web", owner if number % 2 else None)
        word = "canari" if number % 2 else "reste"
        answer = Answer(f"{word} {number}", f"{word} " * 900, "other", abstained=True)
        turn = state.save_turn(conversation, f"{word}-question", answer, Memory((Turn(word, word, "other"),)))
        state.feedback(turn, "down", comment=f"{word}-commentaire")
        state.record_unanswered(answer, "web", conversation)
    assert len(reader.export(owner)["turns"]) == 15  # another process has the file open
    assert b"canari" in _bytes(tmp_path)
    if how == "forget":
        assert state.forget(owner) == 15 * 4
        assert b"canari" not in _bytes(tmp_path) and b"reste" in _bytes(tmp_path)
    else:
        now[0] += 31 * 86_400
        assert state.expire(30) == 30
        with state.database.read() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM turns")).scalar() == 0
        assert b"canari-question" not in _bytes(tmp_path) and b"reste-commentaire" not in _bytes(tmp_path)


def test_an_erasure_leaves_no_byte_in_postgresql_tables(postgresql: str) -> None:
    state = State(postgresql)
    conversation = state.new_conversation("web")
    state.save_turn(conversation, "canari", ANSWER, MEMORY)
    with state.database.read() as connection:
        folder, file = connection.execute(sa.text("SELECT current_setting('data_directory'), pg_relation_filepath('turns')")).one()
    state.forget(conversation)
    with state.database.read() as connection:
        renewed = connection.execute(sa.text("SELECT pg_relation_filepath('turns')")).scalar()
    assert renewed != file and (Path(folder) / str(renewed)).stat().st_size == 0
    state.close()


def _work(url: str, ready: object, number: int) -> None:
    ready.wait()  # type: ignore[attr-defined]
    state = State(url)
    for _ in range(5):
        conversation = state.new_conversation("web", f"owner-{number}")
        state.save_turn(conversation, "?", ANSWER, MEMORY)
    state.close()


def test_several_processes_open_and_write_one_new_database(url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Barrier(2)
    workers = [spawn.Process(target=_work, args=(url, ready, number)) for number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    state = State(url)
    assert [len(state.export(f"owner-{number}")["turns"]) for number in range(2)] == [5, 5]
    state.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("not a url", "postgresql://"),
        ("mysql://localhost/x", "mysql"),
        ("sqlite:////dev/null/state.sqlite", "cannot be opened"),
        ("postgresql://127.0.0.1:1/x", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_opened_says_what_to_do(url: str, says: str) -> None:
    with pytest.raises(StateUnavailable, match=says) as raised:
        State(url)
    assert "\n" not in str(raised.value)


def test_migrations_go_down_again(url: str) -> None:
    from alembic import command
    from alembic.config import Config

    import bots.database

    state = State(url)
    config = Config()
    config.set_main_option("script_location", str(Path(bots.database.__file__).with_name("migrations")))
    with state.database.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with state.database.read() as connection:
        assert set(sa.inspect(connection).get_table_names()) == {"alembic_version"}
    state.close()
    State(url).close()


def test_gaps_gather_questions_on_one_theme(state: State) -> None:
    asked = ["Où garer ma voiture ?", "Y a-t-il un parking pour voitures ?", "Le repas est-il payé ?", "où garer ma voiture"]
    for question in asked:
        state.record_unanswered(Answer(question, "", "other", abstained=True))
    first, second = state.gaps(30)
    assert (first.theme, first.count, first.questions) == ("voiture garer", 3, ("où garer ma voiture", asked[1]))
    assert (second.count, second.questions) == (1, (asked[2],))
    assert (date.today() - first.last).days in (0, 1)


@pytest.fixture(scope="module")
def kept_open(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    state = State(f"sqlite:///{tmp_path_factory.mktemp('any-text') / 'state.sqlite'}")
    yield state
    state.close()


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_is_kept(kept_open: State, text: str) -> None:
    state = kept_open
    conversation = state.new_conversation("web", state.owner("web", text))
    answer = Answer(text, text, "other", abstained=True)
    state.save_turn(conversation, text, answer, Memory((Turn(text, text, "other"),)))
    state.record_unanswered(answer, "web", conversation)
    assert state.turns(conversation)[0].answer == answer
    assert len(state.export(state.owner("web", text))["turns"]) == 1
    assert state.forget(conversation) == 3
