"""An application with its accounts, and as many browsers as a test wants. Passwords are hashed cheaply: argon2's price is
the point of it, and not the point of a test."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from argon2 import PasswordHasher
from starlette.testclient import TestClient

from bots.app import create_app
from bots.assemble import Service
from bots.auth import passwords as auth_passwords
from bots.settings import Settings
from bots.state import State
from bots.state_auth import Accounts, Role

PASSWORD = "quatre mots sans rapport"


@cache
def _hashed() -> str:
    return auth_passwords.hashed(PASSWORD)


@cache
def _migrated() -> Path:
    """A database as the migrations leave it: they take longer than most tests."""
    path = Path(mkdtemp()) / "state.sqlite"
    State(f"sqlite:///{path}").close()
    return path


def cheap_passwords() -> Iterator[None]:
    """A fixture's body."""
    real = auth_passwords._hasher
    auth_passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    auth_passwords._nobodys.cache_clear()
    _hashed.cache_clear()
    yield
    auth_passwords._hasher = real
    auth_passwords._nobodys.cache_clear()
    _hashed.cache_clear()


class House:
    def __init__(self, home: Path, service: Service | None = None, **more: object) -> None:
        self.settings = Settings(home=home, rate_visitor=100_000, rate_address=100_000, **more)  # type: ignore[arg-type]
        home.mkdir(parents=True, exist_ok=True)
        if self.settings.database_url is None:
            shutil.copy(_migrated(), home / "state.sqlite")
        self.state = State(self.settings.state_url)
        self.accounts = Accounts(self.state.database)
        self.service = service or Service(self.settings)
        self.app = create_app(self.service, self.state, self.settings)

    def account(self, login: str, role: Role = "adviser") -> str:
        return self.accounts.add(login, _hashed(), role).id

    def browser(self, scheme: str = "http") -> TestClient:
        return TestClient(self.app, f"{scheme}://testserver", follow_redirects=False, headers={"Accept": "text/html", "Accept-Language": "fr"})

    def signed(self, login: str, role: Role = "adviser") -> TestClient:
        """A browser in which a new account has signed in."""
        self.account(login, role)
        browser = self.browser()
        assert sign_in(browser, login) == 303
        return browser


def token(browser: TestClient, page: str = "/connexion") -> str:
    """The CSRF token of the first form of a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', browser.get(page).text)
    assert found, page
    return found[1]


def sign_in(browser: TestClient, login: str, password: str = PASSWORD, target: str = "") -> int:
    form = {"csrf": token(browser), "login": login, "password": password, "suite": target}
    return int(browser.post("/connexion", data=form).status_code)
