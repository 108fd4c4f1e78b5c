"""An OpenID Connect issuer on the loopback that signs with real keys and can be told to misbehave, one way at a time."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "jalon", "a secret of the client, long enough for a signature of its own"


@cache
def _key(_: int) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class Issuer:
    """``wrong`` names what it does wrong; ``claims`` go into the userinfo, ``acr`` into the id token."""

    wrong: str = ""
    acr: str | None = "eidas1"
    signed: bool = True
    claims: dict[str, Any] = field(default_factory=lambda: {"email": "rh@admin.example", "roles": ["rh"]})
    url: str = ""
    challenge: str = ""
    nonce: str = ""
    key: RSAKey = field(default_factory=lambda: _key(1))
    other: RSAKey = field(default_factory=lambda: _key(2))
    asked: list[str] = field(default_factory=list)

    def arrive(self, address: str) -> dict[str, str]:
        """What the issuer sends back for a sign-in that was sent to ``address``."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.challenge, self.nonce = query["code_challenge"], query["nonce"]
        assert query["code_challenge_method"] == "S256" and query["response_type"] == "code"
        return {"code": "the-code", "state": query["state"], "iss": self.url}

    def description(self) -> dict[str, Any]:
        return {
            "issuer": "https://other.example" if self.wrong == "description" else self.url,
            "authorization_endpoint": f"{self.url}/authorize", "token_endpoint": f"{self.url}/token", "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks", "end_session_endpoint": f"{self.url}/session/end",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        proof = urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if proof != self.challenge or form.get("client_secret") != SECRET or form.get("code") != "the-code":
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims: dict[str, Any] = {"iss": self.url, "aud": CLIENT, "sub": "someone", "iat": now, "exp": now + 60, "nonce": self.nonce}
        if self.acr:
            claims["acr"] = self.acr
        bad = {"nonce": "another", "aud": "another", "iss": "https://other.example"}
        if self.wrong in bad:
            claims[self.wrong] = bad[self.wrong]
        if self.wrong == "exp":
            claims |= {"iat": now - 7200, "exp": now - 3600}
        if self.wrong == "at_hash":
            claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA"
        return 200, {"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": self.sign(claims)}

    def sign(self, claims: dict[str, Any]) -> str:
        if self.wrong == "unsigned":
            parts = [urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in ({"alg": "none"}, claims)]
            return ".".join([*parts, ""])
        if self.wrong == "shared_secret":
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.other if self.wrong == "key" else self.key)

    def userinfo(self) -> tuple[str, str]:
        claims = {"sub": "somebody else" if self.wrong == "userinfo_sub" else "someone", **self.claims}
        if not self.signed:
            return "application/json", json.dumps(claims)
        claims |= {"iss": self.url, "aud": "another" if self.wrong == "userinfo_aud" else CLIENT}
        key = self.other if self.wrong == "userinfo_key" else self.key
        return "application/jwt", jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)


@contextmanager
def serve(issuer: Issuer) -> Iterator[Issuer]:
    """Serves ``issuer`` on a free port of the loopback."""

    class Handler(BaseHTTPRequestHandler):
        def reply(self, status: int, kind: str, body: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body.encode())

        def do_GET(self) -> None:
            issuer.asked.append(self.path)
            if self.path == "/userinfo":
                assert self.headers["Authorization"] == "Bearer access"
                self.reply(200, *issuer.userinfo())
            elif self.path == "/jwks":
                self.reply(200, "application/json", json.dumps(KeySet([issuer.key]).as_dict()))
            else:
                self.reply(200, "application/json", json.dumps(issuer.description()))

        def do_POST(self) -> None:
            issuer.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, answer = issuer.token({name: values[0] for name, values in parse_qs(body).items()})
            self.reply(status, "application/json", json.dumps(answer))

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
