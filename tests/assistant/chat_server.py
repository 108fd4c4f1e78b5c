"""A server that speaks the OpenAI protocol over a real socket and replies as a test scripts it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ChatServer:
    """Replies from a queue, the last reply again and again; records every request it was sent.

    A reply is ``{"pieces": [...]}`` (streamed), and may hold ``status`` (an error instead), ``finish`` (the reason at
    the end, None: the connection ends without one), ``wait`` (seconds before the first piece), ``raw`` (bytes sent as
    they are).
    """

    def __init__(self, replies: list[dict[str, Any]]) -> None:
        self.replies = replies
        self.requests: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append(body)
                reply = outer.replies.pop(0) if len(outer.replies) > 1 else outer.replies[0]
                outer._reply(self, reply)

            def log_message(self, format: str, *args: Any) -> None:
                """Tests read what they need; nothing is printed."""

        return Handler

    def _reply(self, handler: BaseHTTPRequestHandler, reply: dict[str, Any]) -> None:
        if "status" in reply:
            handler.send_response(reply["status"])
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Retry-After", "0")
            handler.end_headers()
            handler.wfile.write(json.dumps({"error": {"message": "scripted", "type": "scripted"}}).encode())
            return
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        if "raw" in reply:
            handler.wfile.write(reply["raw"])
            return
        time.sleep(reply.get("wait", 0))
        try:
            for piece in reply["pieces"]:
                handler.wfile.write(_event({"content": piece}, None))
                handler.wfile.flush()
            finish = reply.get("finish", "stop")
            if finish:
                handler.wfile.write(_event({}, finish) + b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            return  # the client gave up waiting, as it should

    @contextmanager
    def running(self) -> Iterator[ChatServer]:
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join(5)


def _event(delta: dict[str, str], finish: str | None) -> bytes:
    chunk = {
        "id": "chat-1", "object": "chat.completion.chunk", "created": 1, "model": "scripted",
        "choices": [{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}],
    }  # fmt: skip
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"
