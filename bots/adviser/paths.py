"""Paths of agents: the form, the path with its reasons, what-if, versions. Every change is a version; none is lost."""

from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool as _off
from starlette.responses import Response

from assistant.errors import AssistantError, BadRequest
from assistant.learner.profile import profile_from_words
from assistant.records import Exclusion, ExclusionReason, LearnerProfile, LearningPath, Step
from bots.adviser import edits, forms
from bots.adviser.desk import Field, Number, Workspace, documents, to, total
from bots.adviser.drawings import timeline
from bots.auth.door import HOME
from bots.messages import problem, sentence
from bots.state_adviser import Change, SavedPath, Version
from bots.state_auth import SignedIn

ROOT = "/conseil/parcours"
REASONS: tuple[ExclusionReason, ...] = get_args(ExclusionReason)
OVERRIDES: dict[str, Change] = {"lock": "locked", "remove": "excluded", "up": "moved", "down": "moved"}
UNDONE: dict[str, Change] = {"unlock": "unlocked", "restore": "restored"}


def router(desk: Workspace) -> APIRouter:
    """The routes below /conseil/parcours that show and change paths; all for advisers."""
    routes = APIRouter(include_in_schema=False)
    _beginning(routes, desk)
    _showing(routes, desk)
    _changing(routes, desk)
    _choosing(routes, desk)
    _keeping(routes, desk)
    return routes


def form_page(
    desk: Workspace, request: Request, signed: SignedIn, form: forms.ProfileForm, *, title: str = "", words: str = "", saved: SavedPath | None = None,
    status: int = 200, key: str | None = None,
) -> Response:  # fmt: skip
    """The profile's form, empty, prefilled, or sent back with what is wrong (``key`` of a sentence)."""
    return desk.page(
        request, "profile.html", signed, status, form=form, choices=forms.Choices(), path_title=title, words=words, saved=saved, key=key
    )  # fmt: skip


def path_page(
    desk: Workspace, request: Request, signed: SignedIn, saved: SavedPath, version: Version, *, status: int = 200, key: str | None = None,
    differences: list[edits.Difference] | None = None,
) -> Response:  # fmt: skip
    """The path as the adviser sees it."""
    path = version.content
    known_generation = desk.ready().generation
    return desk.page(
        request, "path.html", signed, status, saved=saved, version=version, path_of=path, view=view(path), key=key, differences=differences,
        history=desk.cabinet.history(signed.account.id, saved.id), shares=desk.cabinet.shares(signed.account.id, saved.id),
        newest=version.number == saved.versions, outdated=path.generation not in ("", known_generation), site_url=desk.door.site(request),
    )  # fmt: skip


def view(path: LearningPath) -> dict[str, object]:
    """What the templates need beside the path itself: groups, sums, drawings, marks."""
    groups: dict[str, list[Exclusion]] = {reason: [] for reason in REASONS}
    for exclusion in path.excluded:
        groups[exclusion.reason].append(exclusion)
    return {
        "total": total(path.steps), "drawing": timeline(path.steps, path.profile),
        "groups": [(reason, found) for reason, found in groups.items() if found],
        "locked": {step.document for step in path.steps if edits.locked(path.profile, step)},
        "removed": {e.document for e in path.excluded if edits.removed(path.profile, e)},
        "alternatives": [(alternative, total(alternative.steps)) for alternative in path.alternatives],
        "shown": forms.shown(path.profile),
    }  # fmt: skip


def _beginning(routes: APIRouter, desk: Workspace) -> None:
    see, send = desk.door.require("adviser"), desk.door.require("adviser", form=True)

    @routes.get(HOME)
    def home(request: Request, signed: Annotated[SignedIn, Depends(see)]) -> Response:
        return desk.page(request, "home.html", signed, paths=desk.cabinet.paths(signed.account.id))

    @routes.get(f"{ROOT}/nouveau")
    def new(request: Request, signed: Annotated[SignedIn, Depends(see)]) -> Response:
        return form_page(desk, request, signed, forms.shown(LearnerProfile()))

    @routes.post(f"{ROOT}/mots")
    def from_words(request: Request, signed: Annotated[SignedIn, Depends(send)], words: Field = "", title: Field = "") -> Response:
        return form_page(desk, request, signed, forms.shown(profile_from_words(words)), title=title, words=words[:4000])

    @routes.post(ROOT)
    async def create(request: Request, signed: Annotated[SignedIn, Depends(send)]) -> Response:
        sent = [(name, value) for name, value in (await request.form()).multi_items() if isinstance(value, str)]
        return await _off(_create, desk, request, signed, sent)


def _create(desk: Workspace, request: Request, signed: SignedIn, sent: list[tuple[str, str]]) -> Response:
    form, title = forms.typed(sent), dict(sent).get("title", "").strip()
    profile = forms.read(form)
    if isinstance(profile, forms.ProfileForm):
        return form_page(desk, request, signed, profile, title=title, status=422, key="adviser_field_wrong")
    try:
        path = desk.recommend(profile, desk.language(request))
    except AssistantError as error:
        return form_page(desk, request, signed, form, title=title, status=_status(error), key=problem(error).key)
    name = title or profile.role or sentence("adviser_path_unnamed", desk.language(request))
    path_id = desk.cabinet.new_path(signed.account.id, name, path)
    desk.record(signed, "path_created", path_id)
    return to(f"{ROOT}/{path_id}")


def _showing(routes: APIRouter, desk: Workspace) -> None:
    see = desk.door.require("adviser")

    @routes.get(f"{ROOT}/{{path_id}}")
    def show(request: Request, path_id: str, signed: Annotated[SignedIn, Depends(see)], version: int | None = None) -> Response:
        saved, shown = _open(desk, signed, path_id, version)
        desk.record(signed, "path_seen", path_id)
        return path_page(desk, request, signed, saved, shown)

    @routes.get(f"{ROOT}/{{path_id}}/profil")
    def profile(request: Request, path_id: str, signed: Annotated[SignedIn, Depends(see)]) -> Response:
        saved, shown = _open(desk, signed, path_id)
        return form_page(desk, request, signed, forms.shown(shown.content.profile), title=saved.title, saved=saved)

    @routes.get(f"{ROOT}/{{path_id}}/comparer")
    def compare(request: Request, path_id: str, signed: Annotated[SignedIn, Depends(see)], avant: int = 1, apres: int | None = None) -> Response:
        saved, new = _open(desk, signed, path_id, apres)
        old = desk.cabinet.version(signed.account.id, path_id, avant)
        here = documents(desk.ready().catalogue) | {step.document for step in new.content.steps}
        return path_page(desk, request, signed, saved, new, differences=edits.differences(old.content, new.content, here))


def _changing(routes: APIRouter, desk: Workspace) -> None:
    send = desk.door.require("adviser", form=True)

    @routes.post(f"{ROOT}/{{path_id}}/profil")
    async def change_profile(request: Request, path_id: str, signed: Annotated[SignedIn, Depends(send)]) -> Response:
        sent = [(name, value) for name, value in (await request.form()).multi_items() if isinstance(value, str)]
        return await _off(_change_profile, desk, request, signed, path_id, sent)

    @routes.post(f"{ROOT}/{{path_id}}/etape")
    def change_step(
        request: Request, path_id: str, signed: Annotated[SignedIn, Depends(send)], version: Number = 0, action: Field = "",
        document: Field = "", reason: Field = "",
    ) -> Response:  # fmt: skip
        saved, shown = _open(desk, signed, path_id, version or None)
        module = edits.find(shown.content, document)
        if module is None or action not in OVERRIDES | UNDONE:
            return path_page(desk, request, signed, saved, shown, status=422, key="adviser_module_unknown")
        if action in OVERRIDES and _against_advice(shown.content, action, document) and not reason.strip():
            return path_page(desk, request, signed, saved, shown, status=422, key="adviser_reason_missing")
        change = (OVERRIDES | UNDONE)[action]
        if change == "moved":
            turned = edits.moved(shown.content, document, -1 if action == "up" else 1, lambda step: _needed(desk, step))
            if turned is None:
                return path_page(desk, request, signed, saved, shown, status=422, key="adviser_order_fixed")
            desk.cabinet.add_version(signed.account.id, path_id, change, turned, subject=module.module, reason=reason.strip())
            desk.record(signed, "path_moved", path_id)
            return to(f"{ROOT}/{path_id}#etapes")
        make = {"lock": edits.with_locked, "remove": edits.with_removed, "unlock": edits.freed, "restore": edits.freed}[action]
        return solve_again(
            desk, request, signed, saved, shown, make(shown.content.profile, module), change, subject=module.module, reason=reason.strip()
        )  # fmt: skip


def _choosing(routes: APIRouter, desk: Workspace) -> None:
    send = desk.door.require("adviser", form=True)

    @routes.post(f"{ROOT}/{{path_id}}/assouplir")
    def relax(request: Request, path_id: str, signed: Annotated[SignedIn, Depends(send)], version: Number = 0, number: Number = 0) -> Response:
        saved, shown = _open(desk, signed, path_id, version or None)
        if not 0 < number <= len(shown.content.relaxations):
            return path_page(desk, request, signed, saved, shown, status=422, key="adviser_choice_gone")
        chosen = shown.content.relaxations[number - 1]
        return solve_again(desk, request, signed, saved, shown, chosen.profile, "relaxed", subject=chosen.change)

    @routes.post(f"{ROOT}/{{path_id}}/variante")
    def alternative(request: Request, path_id: str, signed: Annotated[SignedIn, Depends(send)], version: Number = 0, number: Number = 0) -> Response:
        saved, shown = _open(desk, signed, path_id, version or None)
        if not 0 < number <= len(shown.content.alternatives):
            return path_page(desk, request, signed, saved, shown, status=422, key="adviser_choice_gone")
        chosen = shown.content.alternatives[number - 1]
        profile = edits.with_alternative(shown.content, chosen)
        return solve_again(desk, request, signed, saved, shown, profile, "alternative", subject=chosen.title)

    @routes.post(f"{ROOT}/{{path_id}}/rejouer")
    def replay(request: Request, path_id: str, signed: Annotated[SignedIn, Depends(send)]) -> Response:
        saved, shown = _open(desk, signed, path_id)
        before = shown.number
        answer = solve_again(desk, request, signed, saved, shown, shown.content.profile, "replayed")
        return to(f"{ROOT}/{path_id}/comparer?avant={before}#differences") if answer.status_code == 303 else answer

    @routes.post(f"{ROOT}/{{path_id}}/reprendre")
    def resume(path_id: str, signed: Annotated[SignedIn, Depends(send)], version: Number = 0) -> Response:
        _, shown = _open(desk, signed, path_id, version)
        desk.cabinet.add_version(signed.account.id, path_id, "resumed", shown.content, subject=str(shown.number))
        desk.record(signed, "path_resumed", path_id)
        return to(f"{ROOT}/{path_id}")


def _keeping(routes: APIRouter, desk: Workspace) -> None:
    send = desk.door.require("adviser", form=True)

    @routes.post(f"{ROOT}/{{path_id}}/note")
    def annotate(path_id: str, signed: Annotated[SignedIn, Depends(send)], version: Number = 0, note: Field = "") -> Response:
        desk.cabinet.annotate(signed.account.id, path_id, version, note.strip())
        desk.record(signed, "path_annotated", path_id)
        return to(f"{ROOT}/{path_id}?version={version}#note")

    @routes.post(f"{ROOT}/{{path_id}}/titre")
    def rename(path_id: str, signed: Annotated[SignedIn, Depends(send)], title: Field = "") -> Response:
        saved = desk.cabinet.path(signed.account.id, path_id)
        desk.cabinet.rename(signed.account.id, path_id, title.strip() or saved.title)
        desk.record(signed, "path_renamed", path_id)
        return to(f"{ROOT}/{path_id}")

    @routes.post(f"{ROOT}/{{path_id}}/supprimer")
    def remove(path_id: str, signed: Annotated[SignedIn, Depends(send)]) -> Response:
        desk.cabinet.remove_path(signed.account.id, path_id)
        desk.record(signed, "path_removed", path_id)
        return to(HOME)


def solve_again(
    desk: Workspace, request: Request, signed: SignedIn, saved: SavedPath, shown: Version, profile: LearnerProfile, change: Change, *,
    subject: str | None = None, reason: str | None = None,
) -> Response:  # fmt: skip
    """Solves a changed profile, keeps the result as a version, and shows it; where it cannot be solved, says why."""
    try:
        path = desk.recommend(profile, desk.language(request))
    except AssistantError as error:
        return path_page(desk, request, signed, saved, shown, status=_status(error), key=problem(error).key)
    desk.cabinet.add_version(signed.account.id, saved.id, change, path, subject=subject, reason=reason or None)
    desk.record(signed, f"path_{change}", saved.id)
    return to(f"{ROOT}/{saved.id}#etapes")


def _change_profile(desk: Workspace, request: Request, signed: SignedIn, path_id: str, sent: list[tuple[str, str]]) -> Response:
    saved, shown = _open(desk, signed, path_id)
    profile = forms.read(forms.typed(sent))
    if isinstance(profile, forms.ProfileForm):
        return form_page(desk, request, signed, profile, title=saved.title, saved=saved, status=422, key="adviser_field_wrong")
    return solve_again(desk, request, signed, saved, shown, profile, "profile")


def _against_advice(path: LearningPath, action: str, document: str) -> bool:
    """Whether an action goes against what was advised: locking a step that is advised anyway does not."""
    advised = any(step.document == document for step in path.steps)
    return action != "lock" or not advised


def _needed(desk: Workspace, step: Step) -> tuple[str, ...]:
    """Titles of what must come before a step, by its prerequisites."""
    from assistant.paths.next_modules import around

    try:
        return around(desk.ready().catalogue, step.document).before
    except BadRequest:  # it has gone from the catalogue since, and its prerequisites with it
        return ()


def _open(desk: Workspace, signed: SignedIn, path_id: str, version: int | None = None) -> tuple[SavedPath, Version]:
    saved = desk.cabinet.path(signed.account.id, path_id)
    return saved, desk.cabinet.version(signed.account.id, path_id, version)


def _status(error: AssistantError) -> int:
    return problem(error).status
