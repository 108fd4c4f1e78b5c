"""`jalon user`: accounts by the command line, and the same tables on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from typer.testing import CliRunner

from assistant.records import LearnerProfile, LearningPath, Money, Period
from bots.auth.passwords import matches
from bots.cli.main import app
from bots.errors import BotError, NotFound
from bots.settings import load_settings
from bots.state import State
from bots.state_adviser import Cabinet
from bots.state_auth import AccountExists, Accounts, SigningIn
from tests.bots.house import PASSWORD, cheap_passwords


@pytest.fixture(autouse=True)
def _cheap() -> Iterator[None]:
    yield from cheap_passwords()


def run(*arguments: str, typed: str = PASSWORD) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["user", *arguments], input=f"{typed}\n")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        assert isinstance(done.exception, BotError), done.exception  # `jalon` turns it into one line and status 1
        return 1, str(done.exception)
    return done.exit_code, done.output


def accounts() -> Accounts:
    return Accounts(State(load_settings().state_url).database)


def test_an_account_is_opened_listed_changed_and_removed() -> None:
    assert run("add", "Anne@RH.example", "--role", "adviser", "--name", "Anne", "--password-stdin") == (
        0,
        "anne@rh.example may sign in as adviser.\n",
    )
    account, stored = accounts().password_of("anne@rh.example")
    assert account is not None and account.name == "Anne" and matches(stored, PASSWORD) and PASSWORD not in str(stored)
    listed = json.loads(run("list", "--json")[1])
    assert [(one["login"], one["role"]) for one in listed] == [("anne@rh.example", "adviser")] and "password" not in listed[0]
    token = accounts().open(account.id)
    assert run("role", "anne@rh.example", "admin")[0] == 0
    assert accounts().find("anne@rh.example").role == "admin" and accounts().session(token, 10, 10) is None
    assert run("password", "anne@rh.example", "--password-stdin", typed="cinq autres mots bien choisis")[0] == 0
    assert matches(accounts().password_of("anne@rh.example")[1], "cinq autres mots bien choisis")
    accounts().open(account.id)
    assert run("revoke", "anne@rh.example")[1].startswith("1 session of")
    assert run("remove", "anne@rh.example")[0] == 0
    assert accounts().accounts() == [] and "No account yet" in run("list")[1]


def test_what_cannot_be_is_said_in_a_sentence() -> None:
    assert run("add", "anne", "--password-stdin")[0] == 0
    for arguments, typed, said in [
        (("add", "anne", "--password-stdin"), PASSWORD, "There is an account anne already"),
        (("add", "luc", "--password-stdin"), "court", "too short"),
        (("add", "luc", "--password-stdin"), "luc luc luc luc", "easy to guess"),
        (("remove", "personne"), "", "No account personne"),
        (("role", "personne", "admin"), "", "No account personne"),
    ]:
        status, output = run(*arguments, typed=typed)
        assert status == 1 and said in output and "\n" not in output.strip(), arguments
    assert run("add", "luc", "--role", "emperor")[0] == 2
    assert run("role", "anne", "emperor")[0] == 2


def test_removing_an_account_erases_what_it_saved() -> None:
    run("add", "anne", "--password-stdin")
    state = State(load_settings().state_url)
    owner = accounts().find("anne").id
    path = Cabinet(state.database).new_path(owner, "Dossier", LearningPath(LearnerProfile(), (), ()))
    assert run("remove", "anne")[0] == 0
    with pytest.raises(NotFound):
        Cabinet(state.database).path(owner, path)


def test_accounts_and_paths_on_postgresql(postgresql: str) -> None:
    state = State(postgresql)
    keep, cabinet = Accounts(state.database), Cabinet(state.database)
    account = keep.add("Anne", "hash", "adviser")
    with pytest.raises(AccountExists):
        keep.add("anne", "hash", "adviser")
    assert keep.known("https://issuer.example", "x", "X", "agent") == keep.known("https://issuer.example", "x", "X", "agent")
    token = keep.open(account.id)
    found = keep.session(token, 100, 100)
    assert found is not None and found.account == account and keep.session("other", 100, 100) is None
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda _: keep.try_now(("account a", "address b"), 9, 900), range(30)))
    assert sum(wait == 0 for wait in waits) == 9
    keep.leave(SigningIn("state", "nonce", "verifier", "/conseil"), "browser")
    assert keep.back("state", "another") is None and keep.back("state", "browser") is None  # taken away by the first try
    profile = LearnerProfile(goals=("é\0",), budget=Money(5.5, "XPF"), unavailable=(Period(None, None),))
    path = cabinet.new_path(account.id, "Dossier\0", LearningPath(profile, (), ()))
    assert cabinet.version(account.id, path).content == LearningPath(profile, (), ())
    assert cabinet.add_version(account.id, path, "profile", LearningPath(profile, (), ())) == 2
    key = cabinet.share(account.id, path, 2)
    assert cabinet.shared(key).number == 2
    plan = cabinet.new_plan(account.id, "Équipe", "{}")
    assert cabinet.work_on(plan, "done", None, "{}") and cabinet.plan(account.id, plan).status == "done"
    cabinet.remove_plan(account.id, plan)
    assert not cabinet.work_on(plan, "done")
    keep.record(account.id, "path_seen", path)
    assert [line.action for line in keep.trail()] == ["path_seen"]
    assert state.forget(account.id) >= 4
    with pytest.raises(NotFound):
        cabinet.shared(key)
    state.close()
