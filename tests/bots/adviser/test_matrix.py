"""Every route of the application against every role: a route that nobody thought of fails here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.bots.desk import FakeIndex
from tests.bots.house import House, cheap_passwords, sign_in

PUBLIC = {
    "/connexion", "/connexion/fournisseur", "/connexion/retour", "/deconnecte", "/parcours/{token}",
}  # fmt: skip
AGENT = {"/compte", "/compte/sessions", "/compte/mot-de-passe", "/compte/telegram", "/deconnexion"}
ADVISER = {
    "/conseil", "/conseil/observatoire",
    "/conseil/parcours", "/conseil/parcours/nouveau", "/conseil/parcours/mots", "/conseil/parcours/{path_id}", "/conseil/parcours/{path_id}/profil",
    "/conseil/parcours/{path_id}/comparer", "/conseil/parcours/{path_id}/etape", "/conseil/parcours/{path_id}/assouplir",
    "/conseil/parcours/{path_id}/variante", "/conseil/parcours/{path_id}/rejouer", "/conseil/parcours/{path_id}/reprendre",
    "/conseil/parcours/{path_id}/note", "/conseil/parcours/{path_id}/titre", "/conseil/parcours/{path_id}/supprimer",
    "/conseil/parcours/{path_id}/export/{kind}", "/conseil/parcours/{path_id}/partager", "/conseil/parcours/{path_id}/partages/revoquer",
    "/conseil/equipes", "/conseil/equipes/modele.csv", "/conseil/equipes/{plan_id}", "/conseil/equipes/{plan_id}/budget",
    "/conseil/equipes/{plan_id}/export/{kind}", "/conseil/equipes/{plan_id}/supprimer",
}  # fmt: skip
ADMIN = {"/conseil/comptes", "/conseil/comptes/sessions", "/conseil/comptes/role", "/conseil/journal"}
WEB = {
    # The chat, the catalogue, the API and the probes: for everybody, unless JALON_CHAT_LOGIN is set.
    "/", "/formations", "/comparaison", "/formations/{document:path}", "/healthz", "/readyz", "/metrics", "/openapi.json", "/robots.txt",
    "/favicon.ico",
    "/static/{name}", "/langue/{language}", "/theme/{theme}",
}  # fmt: skip
WEB_FOLDERS = ("/api/", "/mes-donnees", "/conversations", "/conversation", "/turns", "/tours", "/chat", "/v1/", "/telegram")
ROLES = ("nobody", "agent", "adviser", "admin")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    cheap = cheap_passwords()
    next(cheap)
    outside = {"oidc_issuer": "http://127.0.0.1:9", "oidc_client_id": "jalon", "telegram_token": "4242:token"}
    built = House(folder / "home", FakeIndex(folder), **outside)  # type: ignore[arg-type]
    yield built
    built.state.close()
    next(cheap, None)


@pytest.fixture(scope="module")
def browsers(house: House) -> dict[str, TestClient]:
    found = {"nobody": house.browser()}
    for role in ROLES[1:]:
        house.account(role, role)  # type: ignore[arg-type]
        found[role] = house.browser()
        assert sign_in(found[role], role) == 303
    return found


def routes(app: Any) -> set[tuple[str, str]]:
    """(method, path) of every route, those of included routers among them."""
    found: set[tuple[str, str]] = set()
    pending = [(app.routes, "")]
    while pending:
        some, prefix = pending.pop()
        for route in some:
            inner = getattr(route, "routes", None) or getattr(getattr(route, "original_router", None), "routes", None)
            if inner:
                pending.append((inner, prefix + (getattr(route, "prefix", "") or "")))
                continue
            for method in (route.methods or {"GET"}) - {"HEAD"}:
                found.add((method, prefix + route.path))
    return found


def test_every_route_has_its_place_in_the_matrix(house: House) -> None:
    paths = {path for _, path in routes(house.app)}
    ours = PUBLIC | AGENT | ADVISER | ADMIN
    unknown = {path for path in paths - ours - WEB if not path.startswith(WEB_FOLDERS)}
    assert not unknown, f"say in this file who may call {sorted(unknown)}"
    assert ours <= paths, f"no longer there: {sorted(ours - paths)}"
    assert not any(path.startswith(("/conseil", "/compte")) for path in paths - AGENT - ADVISER - ADMIN)


def answer(browser: TestClient, method: str, path: str) -> int:
    address = path.replace("{path_id}", "0123").replace("{plan_id}", "0123").replace("{kind}", "csv").replace("{token}", "x" * 32)
    return int(browser.request(method, address, data={"csrf": "wrong"} if method == "POST" else None).status_code)


NEEDED = [
    *((path, "agent") for path in sorted(AGENT)),
    *((path, "adviser") for path in sorted(ADVISER)),
    *((path, "admin") for path in sorted(ADMIN)),
]


@pytest.mark.parametrize(("path", "needed"), NEEDED)
def test_no_route_answers_without_its_role(house: House, browsers: dict[str, TestClient], path: str, needed: str) -> None:
    methods = sorted(method for method, known in routes(house.app) if known == path)
    assert methods
    for method in methods:
        for role in ROLES:
            status = answer(browsers[role], method, path)
            if role == "nobody":
                assert status == 303, (method, role)
                assert browsers[role].request(method, path).headers["location"].startswith("/connexion?suite=")
            elif ROLES.index(role) < ROLES.index(needed) or method == "POST":
                assert status == 403, (method, role)  # the role is missing, or the form is not one of ours
            else:
                assert status in (200, 404), (method, role)  # 404: there is no such path, plan or file


@pytest.mark.parametrize("path", sorted(PUBLIC))
def test_what_is_open_opens_nothing_else(house: House, browsers: dict[str, TestClient], path: str) -> None:
    for method in sorted(method for method, known in routes(house.app) if known == path):
        status = answer(browsers["nobody"], method, path)
        expected = {"/parcours/{token}": 404, "/connexion/retour": 401, "/connexion/fournisseur": 503, "/connexion": 403 if method == "POST" else 200}
        assert status == expected.get(path, 200), method


def test_a_path_that_does_not_exist_below_the_workspace_opens_nothing(browsers: dict[str, TestClient]) -> None:
    for path in ("/conseil/", "/conseil/../conseil/comptes", "/conseil//comptes", "/CONSEIL", "/conseil/inconnu"):
        assert browsers["nobody"].get(path).status_code in (303, 307, 404)
