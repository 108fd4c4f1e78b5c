"""Pages: templates with every value escaped, addresses that stay, and the few files that pages load."""

from __future__ import annotations

import hashlib
import json
import math
import mimetypes
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from babel.numbers import format_decimal
from fastapi import APIRouter, Request
from markupsafe import Markup, escape
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from assistant.records import Language, Money, Period
from bots.auth.door import safe_target
from bots.errors import BadSetting, NotFound
from bots.messages import LANGUAGES, day, money, sentence
from bots.settings import Settings
from bots.web.visitors import LANGUAGE, THEME, THEMES, Visitors
from corpus.records import Duration, Price, Session

FOLDER = Path(__file__).parent.parent / "page"
_YEAR = "public, max-age=31536000, immutable"
_ITEM = re.compile(r"\s*[-•–*]\s+")
_MARKER = re.compile(r"\[(\d{1,3})\]")


class Pages:
    """Makes pages in the visitor's language. Fits the protocol ``Render`` of bots/auth.py."""

    def __init__(self, settings: Settings, visitors: Visitors) -> None:
        self._settings, self._visitors = settings, visitors
        self.files = _files(settings.theme)
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._environment.filters.update(
            document_url=document_url,
            proof_url=proof_url,
            web_link=web_link,
            json_ld=json_ld,
            paragraphs=paragraphs,
            facts_of=lambda programme, field: programme.of(field),
        )
        self._environment.globals.update(static=self.static, site=settings.site_name, languages=LANGUAGES, has_theme=settings.theme is not None)

    def static(self, name: str) -> str:
        """The address of a file; it changes with the file, so that browsers may keep it for ever."""
        return f"/static/{name}?v={hashlib.sha256(self.files[name]).hexdigest()[:12]}" if name in self.files else f"/static/{name}"

    def __call__(self, request: Request, template: str, status: int = 200, **context: Any) -> Response:
        return HTMLResponse(self.html(request, template, **context), status, headers={"Cache-Control": "no-store", "Vary": "Cookie, Accept-Language"})

    def html(self, request: Request, template: str, **context: Any) -> str:
        language = self._visitors.language(request)
        door = self._visitors.door
        context = {"path": request.url.path, "csrf": door.csrf(request), "signed_in": door.who(request), **context}
        return self._environment.get_template(template).render(
            **helpers(language), language=language, theme=self._visitors.theme(request), request_url=_here(request), **context
        )


def helpers(language: Language) -> dict[str, Callable[..., Any]]:
    """What templates call: sentences, amounts and days in the language of the page."""

    def translate(key: str, /, **values: object) -> str:
        return sentence(key, language, **values)

    def amount(value: Money | Price) -> str:
        return money(value.amount, value.currency, language)

    def when(value: date) -> str:
        return day(value, language)

    def decimal(value: float) -> str:
        return format_decimal(value, "#,##0.##", locale=language)

    def duration(value: Duration) -> str:
        return sentence(f"unit_{value.unit}", language, n=1 if value.amount <= 1 else math.ceil(value.amount), amount=decimal(value.amount))

    def bounds(value: Session | Period) -> str:
        """From when to when, without saying a month or a year twice."""
        start, end = value.start, value.end
        if start is None or end is None:
            single = start or end
            return sentence("from_day" if start else "until_day", language, start=when(single), end=when(single)) if single else ""
        if start == end:
            return sentence("on_day", language, day=when(start))
        pattern = "d" if (start.year, start.month) == (end.year, end.month) else "d MMMM" if start.year == end.year else "d MMMM y"
        return sentence("from_to", language, start=day(start, language, pattern), end=when(end))

    return {"_": translate, "amount": amount, "when": when, "bounds": bounds, "decimal": decimal, "duration": duration}


def document_url(document: str) -> str:
    """The address of a sheet; stable as long as the document keeps its id."""
    return "/formations/" + quote(document, safe="/", errors="replace")


def proof_url(start: int, end: int, document: str) -> str:
    """The address of a spot of a document."""
    return f"{document_url(document)}?{urlencode({'de': start, 'a': end})}#extrait"


def web_link(url: str | None) -> str | None:
    """``url`` if a person may follow it from a page: http, https, nothing else ("javascript:", "data:")."""
    return url if url and re.match(r"https?://[^\s\"'<>\\]+$", url, re.IGNORECASE) else None


def json_ld(value: Any) -> Markup:
    """JSON for a script element of data: no character in it can end the element."""
    text = json.dumps(value, ensure_ascii=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - escaped as JSON


def paragraphs(text: str, anchor: str) -> Markup:
    """An answer's text as paragraphs and lists; its markers are links to the proofs ``anchor-n``."""
    blocks: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        item = _ITEM.match(line)
        kind = "ul" if item else "p"
        said = _marked(line[item.end() :] if item else line, anchor)
        if not line.strip():
            blocks.append(("", []))
        elif blocks and blocks[-1][0] == kind:
            blocks[-1][1].append(said)
        else:
            blocks.append((kind, [said]))
    shown = {"ul": lambda lines: "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>", "p": lambda lines: f"<p>{'<br>'.join(lines)}</p>"}
    return Markup("".join(shown[kind](lines) for kind, lines in blocks if kind))  # noqa: S704 - every line is escaped in _marked


def _marked(line: str, anchor: str) -> str:
    return _MARKER.sub(lambda m: f'<a class="marker" href="#{anchor}-{m.group(1)}">[{m.group(1)}]</a>', str(escape(line)))


def router(pages: Pages, visitors: Visitors) -> APIRouter:
    """The files that pages load, and the choices of language and theme."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/static/{name}")
    def static(name: str) -> Response:
        if name not in pages.files:
            raise NotFound("There is no such file.")
        return Response(pages.files[name], media_type=mimetypes.guess_type(name)[0] or "application/octet-stream", headers={"Cache-Control": _YEAR})

    @routes.get("/favicon.ico")
    def favicon() -> Response:
        return FileResponse(FOLDER / "static" / "favicon.svg", media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})

    @routes.get("/langue/{language}")
    def choose_language(request: Request, language: str, suite: str = "/") -> Response:
        if language not in LANGUAGES:
            raise NotFound("There is no such language.")
        return _chosen(request, LANGUAGE, language, suite)

    @routes.get("/theme/{theme}")
    def choose_theme(request: Request, theme: str, suite: str = "/") -> Response:
        if theme not in THEMES:
            raise NotFound("There is no such theme.")
        return _chosen(request, THEME, theme, suite)

    def _chosen(request: Request, name: Any, value: str, target: str) -> Response:
        response = RedirectResponse(safe_target(target, "/"), 303, headers={"Cache-Control": "no-store"})
        visitors.choose(request, response, name, value)
        return response

    return routes


def _files(theme: Path | None) -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in sorted((FOLDER / "static").iterdir()) if path.is_file()}
    if theme is not None:
        try:
            files["theme.css"] = theme.expanduser().read_bytes()
        except OSError as error:
            raise BadSetting(f"JALON_THEME: {theme} cannot be read ({error.strerror}); name a CSS file.") from error
    return files


def _here(request: Request) -> str:
    """Where a choice of language comes back to: the page, with its filters."""
    query = request.url.query if request.method == "GET" else ""
    return request.url.path + (f"?{query}" if query else "") if request.method == "GET" else "/"
