"""Every setting: name, default, help. Nothing else in Jalon reads the environment.

A setting ``chat_model`` is the environment variable ``JALON_CHAT_MODEL``; an empty value means "not set". The table in
the README is made from here (``python -m bots.settings``) and a test compares the two.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bots.errors import BadSetting


class Settings(BaseSettings):
    """What an administrator can set. Defaults run offline, without an account."""

    model_config = SettingsConfigDict(env_prefix="JALON_", env_ignore_empty=True, frozen=True, extra="ignore")

    # Where things are
    home: Path = Field(default=Path(platformdirs.user_data_dir("jalon", appauthor=False)), description="Folder of the index and of the state.")
    database_url: str | None = Field(default=None, description="Database of state (SQLAlchemy URL, PostgreSQL); not set: SQLite in the home folder.")

    # Models
    embedding_model: str | None = Field(
        default=None, description="Embedding model: a folder or a hub name of sentence-transformers; not set: the shipped French model."
    )
    reranker: str | None = Field(default=None, description="Cross-encoder that reorders the best finds: a folder or a hub name; not set: none.")
    chat_model: str | None = Field(
        default=None, description="Chat model as `provider:name` (LangChain's init_chat_model); not set: extractive answers."
    )
    chat_base_url: str | None = Field(default=None, description="Address of an OpenAI-compatible server.")
    chat_api_key: SecretStr | None = Field(default=None, description="Key of the chat model's server.")
    chat_timeout: float = Field(default=10.0, gt=0, description="Seconds to wait for the chat model's first token before the extractive answer.")

    # Reading documents
    read_seconds: float = Field(default=30.0, gt=0, description="Most seconds that reading one file may take.")
    read_megabytes: int = Field(default=512, ge=64, description="Most memory, in MB, that reading one file may take.")

    # The web
    site_name: str = Field(default="Jalon", description="Name of the service in the title of every page.")
    theme: Path | None = Field(default=None, description="CSS file with an administration's colours and logo, loaded after Jalon's own.")
    trusted_proxies: str | None = Field(
        default=None, description="Addresses of reverse proxies whose X-Forwarded headers are believed, separated by commas."
    )
    keep_days: int = Field(default=30, ge=1, description="Days without a message after which a conversation is erased.")
    body_kilobytes: int = Field(default=256, ge=1, description="Largest request body, in kB; a larger one is refused (413).")
    rate_visitor: int = Field(
        default=60, ge=1, description="Questions and API calls a minute for a visitor known by a cookie; more are refused (429)."
    )
    rate_address: int = Field(default=1200, ge=1, description="Questions and API calls a minute for a network address, which many agents may share.")
    reply_seconds: float = Field(default=60.0, gt=0, description="Most seconds that a web reply may take before the person is told to ask again.")
    reply_threads: int = Field(default=8, ge=1, description="Questions that one web process computes at the same time; others wait.")

    # Who may enter
    public_url: str | None = Field(
        default=None, description="Address at which people reach Jalon, as `https://jalon.example`; not set: the one they typed."
    )
    cookies_secure: Literal["auto", "always", "never"] = Field(
        default="auto", description="Secure cookies: `auto` wherever the address is https, `always`, `never`."
    )
    chat_login: bool = Field(default=False, description="Whether agents must sign in before they use the chat, the catalogue and the API.")
    session_idle_minutes: int = Field(default=60, ge=1, description="Minutes without a page after which a signed-in session ends.")
    session_hours: int = Field(default=12, ge=1, description="Hours after which a signed-in session ends whatever happens.")
    login_tries: int = Field(default=9, ge=1, description="Wrong passwords allowed per account and per address in a window; the next try is refused.")
    login_window_minutes: int = Field(default=15, ge=1, description="Minutes after which wrong passwords are forgotten.")
    oidc_issuer: str | None = Field(default=None, description="OpenID Connect issuer (ProConnect, Keycloak…); not set: local accounts only.")
    oidc_client_id: str | None = Field(default=None, description="Client identifier at the issuer.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="Client secret at the issuer; not set: a public client (PKCE alone).")
    oidc_scopes: str = Field(default="openid email", description="Scopes asked for (ProConnect: `openid given_name usual_name email`).")
    oidc_acr: str | None = Field(default=None, description="Accepted levels of authentication (`acr`), separated by spaces; not set: any.")
    oidc_signed_userinfo: bool = Field(
        default=False, description="Refuse a userinfo answer that is not a signed `application/jwt` (ProConnect signs)."
    )
    oidc_label: str = Field(default="ProConnect", description="Name of the issuer on the sign-in button.")
    oidc_roles_claim: str = Field(
        default="roles", description="Claim that holds a person's roles or groups; dots go into objects (`realm_access.roles`)."
    )
    oidc_advisers: str = Field(
        default="", description="Who is an adviser: values of the roles claim, e-mail addresses or subjects, separated by commas; `*` for everyone."
    )
    oidc_admins: str = Field(default="", description="Who is an administrator: as for the advisers.")

    # Telegram
    telegram_token: SecretStr | None = Field(default=None, description="Token of the Telegram bot, as @BotFather gives it; not set: no bot.")
    telegram_api: str = Field(
        default="https://api.telegram.org", description="Address of the Bot API server (another one for tests, or a local one)."
    )
    telegram_secret: SecretStr | None = Field(
        default=None, description="Secret that Telegram sends with every webhook call; with the token, it opens `POST /telegram/webhook`."
    )
    telegram_access: Literal["open", "invited", "linked", "allow-list"] = Field(
        default="open", description="Who may use the bot: everybody, holders of an invitation code, linked web accounts, or the allow-list."
    )
    telegram_allowed: str = Field(
        default="", description="The allow-list: numeric Telegram user ids or @names, separated by commas; always admitted."
    )
    telegram_rate: int = Field(default=20, ge=1, description="Messages per person and minute that the Telegram bot answers.")
    telegram_threads: int = Field(default=4, ge=1, description="Questions that the Telegram bot computes at the same time.")

    @property
    def state_url(self) -> str:
        """The SQLAlchemy URL of the database of state."""
        return self.database_url or f"sqlite:///{self.home.expanduser().absolute() / 'state.sqlite'}"


def load_settings(**overrides: Any) -> Settings:
    """Reads the environment. Raises BadSetting, which names the variable and says what is wrong with it."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = "JALON_" + "_".join(str(part) for part in first["loc"]).upper()
        raise BadSetting(f"{name}: {first['msg']}; correct or unset the variable.") from error


def share_metrics(folder: Path) -> None:
    """Has this process and those it starts keep their figures in ``folder``, so that each can tell those of all.

    To be called before bots/metrics.py is imported: its library decides at import where figures are kept.
    """
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def metrics_are_shared() -> bool:
    return bool(os.environ.get("PROMETHEUS_MULTIPROC_DIR"))


def settings_table() -> str:
    """The Markdown table of all settings, as it stands in the README."""
    rows = ["| variable | default | what it does |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "the platform's user data folder" if name == "home" else "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `JALON_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(settings_table())  # noqa: T201
