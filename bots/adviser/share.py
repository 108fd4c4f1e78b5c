"""What leaves the workspace: files of a path, and links that show one version of it to the agent, without the notes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from assistant.records import LearningPath
from bots.adviser.desk import MEDIA, Field, Number, Workspace, attachment, to
from bots.adviser.paths import ROOT, view
from bots.errors import NotFound
from bots.sign_in import moment
from bots.state_auth import SignedIn


def router(desk: Workspace) -> APIRouter:
    """Files and links are for advisers; a shared path is for whoever holds its token."""
    routes = APIRouter(include_in_schema=False)
    _files(routes, desk)
    _links(routes, desk)
    return routes


def _files(routes: APIRouter, desk: Workspace) -> None:
    see = desk.door.require("adviser")

    @routes.get(f"{ROOT}/{{path_id}}/export/{{kind}}")
    def export(request: Request, path_id: str, kind: str, signed: Annotated[SignedIn, Depends(see)], version: int | None = None) -> Response:
        saved = desk.cabinet.path(signed.account.id, path_id)
        shown = desk.cabinet.version(signed.account.id, path_id, version)
        made = _made(desk, request, kind, shown.content, saved.title)
        desk.record(signed, f"path_exported_{kind}", path_id)
        return attachment(made, kind, f"parcours-{path_id}-{shown.number}")


def _made(desk: Workspace, request: Request, kind: str, path: LearningPath, title: str) -> bytes:
    from assistant.paths.export import export_path

    if kind not in MEDIA:
        raise NotFound("There is no such file.")
    return export_path(path, kind, title, language=desk.language(request))


def _links(routes: APIRouter, desk: Workspace) -> None:
    send = desk.door.require("adviser", form=True)

    @routes.post(f"{ROOT}/{{path_id}}/partager")
    def share(path_id: str, signed: Annotated[SignedIn, Depends(send)], version: Number = 0) -> Response:
        desk.cabinet.share(signed.account.id, path_id, version)
        desk.record(signed, "path_shared", path_id)
        return to(f"{ROOT}/{path_id}?version={version}#h-share")

    @routes.post(f"{ROOT}/{{path_id}}/partages/revoquer")
    def revoke(path_id: str, signed: Annotated[SignedIn, Depends(send)], token: Field = "") -> Response:
        desk.cabinet.revoke_share(signed.account.id, path_id, token)
        desk.record(signed, "share_revoked", path_id)
        return to(f"{ROOT}/{path_id}#h-share")

    @routes.get("/parcours/{token}")
    def shared(request: Request, token: str) -> Response:
        version = desk.cabinet.shared(token)
        desk.record(None, "shared_path_seen", version.path)
        response = desk.render(request, "adviser/shared.html", version=version, path_of=version.content, view=view(version.content), at=moment)
        response.headers.update({"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"})
        return response
