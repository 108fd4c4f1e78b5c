"""A Bot API server of our own on loopback: real HTTP, long polling and webhook, and every fault that a test asks for.

It answers as Telegram does, refusals included (empty and over-long texts, markup that does not parse, button data over
64 bytes, edits that change nothing), records every call, and keeps what each chat shows. It runs on a thread with a
loop of its own, so that tests may be plain functions and the bot may be another process.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

TOKEN = "4242:AAF-test_token_of_the_local_server"
BOT = {"id": 4242, "is_bot": True, "first_name": "Jalon", "username": "jalon_test_bot", "can_join_groups": True}


@dataclass
class Call:
    method: str
    data: dict[str, Any]
    at: float
    status: int = 0

    @property
    def chat(self) -> int | None:
        return int(self.data["chat_id"]) if "chat_id" in self.data else None


@dataclass
class Fault:
    """What happens to the next ``times`` calls that match; ``kind`` is a status, or cut_before, cut_after, entities."""

    kind: str
    method: str = "sendMessage"
    chat: int | None = None
    times: int = 1
    retry_after: int = 0
    hits: list[float] = field(default_factory=list)


class Markup(HTMLParser):
    """Refuses what Telegram's HTML mode refuses."""

    ALLOWED = frozenset(["b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"])

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.seen: list[str] = []
        self.bad = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.bad |= tag not in self.ALLOWED
        self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.bad |= not self.stack or self.stack.pop() != tag

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def visible(text: str, parse_mode: str | None) -> str | None:
    """What a client shows; None where the markup does not parse."""
    if parse_mode != "HTML":
        return text
    parser = Markup()
    parser.feed(text)
    parser.close()
    return None if parser.bad or parser.stack else "".join(parser.seen)


class BotApi:
    """The server. ``with BotApi() as api`` starts and stops it; ``api.url`` is what JALON_TELEGRAM_API takes."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.chats: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
        self.latency = 0.0
        self.webhook: dict[str, Any] = {}
        self._queue: list[dict[str, Any]] = []
        self._handed: list[dict[str, Any]] = []
        self._update_ids = itertools.count(7001)
        self._message_ids = itertools.count(501)
        self._lock = threading.RLock()
        self._loop = asyncio.new_event_loop()
        self._wake: asyncio.Event
        self._connections: set[asyncio.Task[Any]] = set()

    # -- life

    def __enter__(self) -> BotApi:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *exc: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._wake = asyncio.Event()
        server = self._loop.run_until_complete(asyncio.start_server(self._connection, "127.0.0.1", 0, backlog=512))
        self.port = server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        ready.set()
        self._loop.run_forever()
        server.close()
        pending = asyncio.all_tasks(self._loop)
        for task in pending:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    # -- what people do

    def update(self, kind: str, body: dict[str, Any], update_id: int | None = None) -> dict[str, Any]:
        return {"update_id": next(self._update_ids) if update_id is None else update_id, kind: body}

    def message(self, chat: int, text: str | None = None, *, name: str = "Camille", user: int | None = None, group: bool = False,
                language: str = "fr", update_id: int | None = None, kind: str = "message", **extra: Any) -> dict[str, Any]:  # fmt: skip
        """The update of one message; commands and mentions get their entities, as Telegram marks them."""
        person = {"id": user or abs(chat), "is_bot": False, "first_name": name, "language_code": language, "username": f"user{user or abs(chat)}"}
        where = {"id": chat, "type": "supergroup", "title": "Équipe"} if group else {"id": chat, "type": "private", "first_name": name}
        body = {"message_id": next(self._message_ids), "date": int(time.time()), "chat": where, "from": person, **extra}
        if text is not None:
            body["text"] = text
            marks = []
            for word in text.split():
                start = len(text[: text.index(word)].encode("utf-16-le", "surrogatepass")) // 2
                length = len(word.encode("utf-16-le", "surrogatepass")) // 2
                if word.startswith("/") and start == 0 and len(word) > 1:
                    marks.append({"type": "bot_command", "offset": 0, "length": length})
                elif word.startswith("@") and len(word) > 1:
                    marks.append({"type": "mention", "offset": start, "length": length})
            if marks:
                body["entities"] = marks
        return self.update(kind, body, update_id)

    def tap(self, chat: int, data: str, *, message_id: int | None = None, user: int | None = None, group: bool = False) -> dict[str, Any]:
        """The update of a tapped button."""
        shown = self.chats[chat][message_id or max(self.chats[chat])]
        person = {"id": user or abs(chat), "is_bot": False, "first_name": "Camille", "language_code": "fr"}
        where = {"id": chat, "type": "supergroup", "title": "Équipe"} if group else {"id": chat, "type": "private", "first_name": "Camille"}
        message = {"message_id": shown["message_id"], "date": int(time.time()), "chat": where, "from": BOT, "text": shown.get("text", "")}
        body = {"id": str(next(self._message_ids)), "from": person, "chat_instance": str(chat), "data": data, "message": message}
        return self.update("callback_query", body)

    def push(self, *updates: dict[str, Any]) -> None:
        """Hands the updates out, in this order, repeated ones included."""
        with self._lock:
            self._queue.extend(updates)
        self._loop.call_soon_threadsafe(self._wake.set)

    def say(self, chat: int, text: str | None = None, **more: Any) -> dict[str, Any]:
        made = self.message(chat, text, **more)
        self.push(made)
        return made

    def press(self, chat: int, label: str, **more: Any) -> None:
        """Taps the newest button of the chat whose label holds ``label``, as soon as there is one."""
        self.wait(lambda: any(label in shown for shown in self.labels(chat)))
        message_id, data = self.button(chat, label)
        self.push(self.tap(chat, data, message_id=message_id, **more))

    def fail(self, kind: str, **more: Any) -> Fault:
        fault = Fault(kind, **more)
        with self._lock:
            self.faults.append(fault)
        return fault

    # -- what people see

    def button(self, chat: int, label: str) -> tuple[int, str]:
        for message_id, shown in sorted(self.chats[chat].items(), reverse=True):
            for row in shown.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if label in button["text"]:
                        return message_id, button["callback_data"]
        raise AssertionError(f"no button {label!r} in chat {chat}: {self.labels(chat)}")

    def labels(self, chat: int) -> list[str]:
        """The labels of every button that the chat shows, oldest message first."""
        rows = [row for _, shown in sorted(self.chats[chat].items()) for row in shown.get("reply_markup", {}).get("inline_keyboard", [])]
        return [button["text"] for row in rows for button in row]

    def texts(self, chat: int) -> list[str]:
        """What the bot's messages say now, oldest first, as a client shows them."""
        with self._lock:
            return [shown["text"] for _, shown in sorted(self.chats[chat].items()) if "text" in shown]

    def documents(self, chat: int) -> list[dict[str, Any]]:
        return [shown["document"] for _, shown in sorted(self.chats[chat].items()) if "document" in shown]

    def of(self, method: str, chat: int | None = None) -> list[Call]:
        with self._lock:
            return [call for call in self.calls if call.method == method and chat in (None, call.chat)]

    def wait(self, condition: Callable[[], Any], seconds: float = 20.0) -> Any:
        """Waits until the condition holds and returns it; the failure shows what the chats said."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := condition():
                return found
            time.sleep(0.01)
        seen = {chat: self.texts(chat)[-3:] for chat in list(self.chats)[:5]}
        raise AssertionError(f"waited {seconds} s in vain; the chats say {seen}; the last calls were {[c.method for c in self.calls[-8:]]}")

    def answered(self, chat: int, count: int, seconds: float = 20.0) -> list[str]:
        """Waits until the chat shows ``count`` texts, none of them the beginning of an answer, and returns them."""

        def whole() -> list[str] | None:
            texts = self.texts(chat)
            return texts if len(texts) >= count and not any(text.endswith(" …") for text in texts) else None

        found: list[str] = self.wait(whole, seconds)
        return found

    # -- HTTP

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                first, *lines = head.decode("latin-1").split("\r\n")
                headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                reply = await self._reply(first.split()[1], headers.get("content-type", ""), body)
                if reply is None:
                    writer.transport.abort()
                    return
                status, content = reply
                data = json.dumps(content).encode()
                writer.write(f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {len(data)}\r\n\r\n".encode() + data)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
        except asyncio.CancelledError:
            writer.transport.abort()

    async def _reply(self, target: str, content_type: str, body: bytes) -> tuple[int, dict[str, Any]] | None:
        path = urlsplit(target).path
        prefix = f"/bot{self.token}/"
        if not path.startswith(prefix):
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        method = path.removeprefix(prefix)
        data = parameters(content_type, body)
        call = Call(method, data, time.monotonic())
        with self._lock:
            self.calls.append(call)
        if self.latency:
            await asyncio.sleep(self.latency)
        if method == "getUpdates":
            result = await self._get_updates(data)
            call.status = 200
            return 200, {"ok": True, "result": result}
        fault = self._fault(call)
        if fault and fault.kind not in ("cut_after",):
            call.status = int(fault.kind) if fault.kind.isdigit() else 400
            return self._failed(fault)
        with self._lock:
            status, result = self._do(method, data)
        call.status = status
        if fault:
            return None
        return status, {"ok": True, "result": result} if status == 200 else {"ok": False, "error_code": status, "description": result}

    def _fault(self, call: Call) -> Fault | None:
        with self._lock:
            for fault in self.faults:
                if fault.times > 0 and fault.method in (call.method, "*") and fault.chat in (None, call.chat):
                    if fault.kind == "entities" and "parse_mode" not in call.data:
                        continue
                    fault.times -= 1
                    fault.hits.append(call.at)
                    return fault
        return None

    @staticmethod
    def _failed(fault: Fault) -> tuple[int, dict[str, Any]] | None:
        texts = {"entities": (400, "Bad Request: can't parse entities: unsupported start tag"), "403": (403, "Forbidden: bot was blocked"),
                 "500": (500, "Internal Server Error"), "502": (502, "Bad Gateway"), "429": (429, "Too Many Requests: retry later")}  # fmt: skip
        if fault.kind == "cut_before":
            return None
        status, description = texts[fault.kind]
        content: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
        if fault.retry_after:
            content["parameters"] = {"retry_after": fault.retry_after}
        return status, content

    async def _get_updates(self, data: dict[str, Any]) -> list[dict[str, Any]]:
        """A batch is confirmed by an offset behind its highest id; until then it is handed out again."""
        end = self._loop.time() + min(float(data.get("timeout", 0)), 50.0)
        with self._lock:
            if self._handed and int(data.get("offset", 0)) > max(update["update_id"] for update in self._handed):
                self._handed = []
        while True:
            with self._lock:
                if not self._handed:
                    limit = int(data.get("limit", 100))
                    self._handed, self._queue = self._queue[:limit], self._queue[limit:]
                if self._handed:
                    return self._handed
                self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), end - self._loop.time())
            except TimeoutError:
                return []

    # -- methods

    def _do(self, method: str, data: dict[str, Any]) -> tuple[int, Any]:
        if method == "getMe":
            return 200, BOT
        if method in ("sendMessage", "editMessageText"):
            return self._text(method, data)
        if method == "sendDocument":
            return self._keep(int(data["chat_id"]), {"document": data["document"], "caption": data.get("caption", "")}, data)
        if method == "setWebhook":
            self.webhook = data
        elif method == "deleteWebhook":
            self.webhook = {}
        elif method == "getFile":
            return 200, {"file_id": data["file_id"], "file_unique_id": "u", "file_path": "documents/file"}
        elif method not in ("sendChatAction", "answerCallbackQuery", "setMyCommands", "setMyDescription", "close", "logOut"):
            return 404, "Not Found: method not found"
        return 200, True

    def _text(self, method: str, data: dict[str, Any]) -> tuple[int, Any]:
        chat, raw = int(data["chat_id"]), data.get("text", "")
        shown = visible(raw, data.get("parse_mode"))
        if shown is None:
            return 400, "Bad Request: can't parse entities: unexpected end tag"
        if not shown.strip():
            return 400, "Bad Request: message text is empty"
        if len(raw.encode("utf-16-le")) // 2 > 4096:
            return 400, "Bad Request: message is too long"
        for row in json.loads(data.get("reply_markup", "{}")).get("inline_keyboard", []):
            if any(len(button.get("callback_data", "x").encode()) > 64 for button in row):
                return 400, "Bad Request: BUTTON_DATA_INVALID"
        if method == "sendMessage":
            return self._keep(chat, {"text": shown}, data)
        old = self.chats[chat].get(int(data["message_id"]))
        if old is None:
            return 400, "Bad Request: message to edit not found"
        markup = json.loads(data.get("reply_markup", "{}"))
        if old.get("text") == shown and old.get("reply_markup", {}) == markup:
            return 400, "Bad Request: message is not modified"
        old.update(text=shown, reply_markup=markup)
        return 200, self._as_message(chat, old)

    def _keep(self, chat: int, what: dict[str, Any], data: dict[str, Any]) -> tuple[int, Any]:
        kept = {"message_id": next(self._message_ids), "reply_markup": json.loads(data.get("reply_markup", "{}")), **what}
        self.chats[chat][kept["message_id"]] = kept
        return 200, self._as_message(chat, kept)

    @staticmethod
    def _as_message(chat: int, kept: dict[str, Any]) -> dict[str, Any]:
        body = {"message_id": kept["message_id"], "date": int(time.time()), "chat": {"id": chat, "type": "private"}, "from": BOT}
        return body | ({"text": kept["text"]} if "text" in kept else {})

    # -- webhook

    def deliver(self, updates: Iterable[dict[str, Any]], secret: str | None, seconds: float = 20.0) -> list[int]:
        """Posts each update to the webhook that was set, again until it answers 2xx or 4xx; the last statuses."""
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        statuses = []
        with httpx.Client(timeout=10, trust_env=False) as client:
            for update in updates:
                end = time.monotonic() + seconds
                while True:
                    try:
                        status = client.post(self.webhook["url"], json=update, headers=headers).status_code
                    except httpx.HTTPError:
                        status = 0
                    if 200 <= status < 500 or time.monotonic() > end:
                        break
                    time.sleep(0.05)
                statuses.append(status)
        return statuses


def parameters(content_type: str, body: bytes) -> dict[str, Any]:
    """The call's parameters, from a form or a multipart body; a file is ``{"name": …, "content": …}``."""
    if not content_type.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    parsed = message_from_bytes(f"content-type: {content_type}\r\n\r\n".encode() + body, policy=HTTP)
    found: dict[str, Any] = {}
    files: dict[str, Any] = {}
    for part in parsed.iter_parts():  # type: ignore[attr-defined]
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if part.get_filename() is None:
            found[name] = content.decode()
        else:
            files[name] = {"name": part.get_filename(), "content": content}
    for name, value in found.items():
        if isinstance(value, str) and value.startswith("attach://"):
            found[name] = files[value.removeprefix("attach://")]
    return {**files, **found}
