"""`jalon user`: the local accounts, and the roles of those who sign in elsewhere."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bots.command_line import JsonFlag, open_state, print_json

if TYPE_CHECKING:
    from bots.state_auth import Accounts, Role

RoleArgument = Annotated[str, typer.Argument(metavar="ROLE", help="agent, adviser or admin.")]
PasswordStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from the first line of stdin.")]

users = typer.Typer(name="user", help="Local accounts, and who may do what.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(users)


@users.command()
def add(
    login: Annotated[str, typer.Argument(help="What the person types to sign in, such as an e-mail address.")],
    role: Annotated[str, typer.Option("--role", help="agent, adviser or admin.")] = "adviser",
    name: Annotated[str, typer.Option("--name", help="Name shown on the pages; the login where not given.")] = "",
    password_stdin: PasswordStdin = False,
) -> None:
    """Open a local account; the password is asked for, and never shown."""
    from bots.auth.passwords import hashed

    if not login.strip() or len(login) > 200:
        raise typer.BadParameter("a login has 1 to 200 characters.")
    chosen = _role(role)
    accounts = _accounts()
    accounts.check_free(login.strip())
    account = accounts.add(login.strip(), hashed(_password(login, password_stdin)), chosen, name.strip())
    accounts.record(None, "account_added", account.id)
    typer.echo(f"{account.login} may sign in as {account.role}.")


@users.command("list")
def list_accounts(as_json: JsonFlag = False) -> None:
    """List the accounts with their roles."""
    found = _accounts().accounts()
    if as_json:
        print_json(
            [{"id": a.id, "login": a.login, "issuer": a.issuer, "name": a.name, "role": a.role, "created": _time(a.created)} for a in found]
        )  # fmt: skip
        return
    for account in found:
        typer.echo(f"{account.id}  {account.role:<8}  {account.login or account.issuer}  {account.name}")
    if not found:
        typer.echo("No account yet: `jalon user add LOGIN` opens one.")


@users.command()
def remove(login: Annotated[str, typer.Argument(help="Login or id of the account.")]) -> None:
    """Remove an account, end its sessions, and erase the paths and plans it saved."""
    state = open_state()
    accounts = _accounts()
    account = accounts.find(login)
    accounts.remove(account.id)
    accounts.record(None, "account_removed", account.id)
    state.forget(account.id)
    typer.echo(f"{account.login or account.name} is removed, with the sessions, paths and plans.")


@users.command()
def role(login: Annotated[str, typer.Argument(help="Login or id of the account.")], role: RoleArgument) -> None:
    """Give an account another role; it stays whatever the issuer says, and the open sessions end."""
    chosen = _role(role)
    accounts = _accounts()
    account = accounts.find(login)
    accounts.set_role(account.id, chosen)
    accounts.record(None, "role_given", account.id)
    typer.echo(f"{account.login or account.name} is now {chosen}.")


@users.command()
def password(login: Annotated[str, typer.Argument(help="Login of the account.")], password_stdin: PasswordStdin = False) -> None:
    """Give a local account another password and end its sessions."""
    from bots.auth.passwords import hashed
    from bots.errors import NotFound

    accounts = _accounts()
    account = accounts.find(login)
    if account.login is None:
        raise NotFound(f"{account.name} signs in at {account.issuer} and has no password here.")
    accounts.set_password(account.id, hashed(_password(account.login, password_stdin)))
    accounts.revoke(account.id)
    accounts.record(None, "password_changed", account.id)
    typer.echo(f"{account.login} has a new password.")


@users.command()
def revoke(login: Annotated[str, typer.Argument(help="Login or id of the account.")]) -> None:
    """End every open session of an account."""
    accounts = _accounts()
    account = accounts.find(login)
    ended = accounts.revoke(account.id)
    accounts.record(None, "sessions_ended", account.id)
    typer.echo(f"{ended} session{'s' if ended != 1 else ''} of {account.login or account.name} ended.")


def _accounts() -> Accounts:
    from bots.state_auth import Accounts

    return Accounts(open_state().database)


def _role(value: str) -> Role:
    from bots.state_auth import ROLES

    for known in ROLES:
        if value == known:
            return known
    raise typer.BadParameter(f"{value} is no role; choose agent, adviser or admin.")


def _password(login: str, from_stdin: bool) -> str:
    from bots.auth.passwords import LONGEST, SHORTEST, complaint
    from bots.errors import Refused

    if from_stdin or not sys.stdin.isatty():
        typed = sys.stdin.readline().rstrip("\r\n")
    else:
        typed = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    problem = complaint(typed, login)
    if problem:
        sentences = {
            "password_short": f"The password is too short: give at least {SHORTEST} characters, such as four words.",
            "password_long": f"The password is too long: give at most {LONGEST} characters.",
            "password_plain": "The password is too easy to guess: it repeats a few characters or holds the login; choose another.",
        }
        raise Refused(sentences[problem])
    return typed


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
