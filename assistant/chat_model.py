"""The seam to a chat model: any that LangChain's ``init_chat_model`` reads, behind one small protocol.

A model that is down, slow, cut off or talking nonsense raises ChatModelUnavailable; the caller then answers from the
documents alone. Nothing here knows about programmes.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import Any, Protocol

from assistant.errors import ChatModelUnavailable

_FINISHED = ("finish_reason", "stop_reason", "done_reason")
"""Where providers say how a reply ended."""
_WHOLE = frozenset(("stop", "end_turn", "eos", "stop_sequence"))
_LONGEST = 8_000
"""Characters after which a reply is nonsense whatever it says."""


class ChatModel(Protocol):
    """Writes a reply to one prompt, in pieces. Raises ChatModelUnavailable, also half-way."""

    @property
    def name(self) -> str: ...
    def stream(self, system: str, user: str) -> Iterator[str]: ...


def open_chat_model(name: str, *, base_url: str | None = None, api_key: str | None = None, timeout: float = 10.0, retries: int = 2) -> ChatModel:
    """The model called ``provider:name``. ``timeout`` is in seconds: to the first piece, and between two pieces.

    Nothing is connected to before the first question. Raises ChatModelUnavailable for a name or provider that cannot be.
    """
    return LangChainModel(name, base_url=base_url, api_key=api_key, timeout=timeout, retries=retries)


class LangChainModel:
    """A chat model by LangChain. Threads may share it."""

    def __init__(self, name: str, *, base_url: str | None, api_key: str | None, timeout: float, retries: int) -> None:
        from langchain.chat_models import init_chat_model

        self.name = name
        self._timeout = timeout
        options: dict[str, Any] = {"temperature": 0, "max_retries": retries, "timeout": timeout, "max_tokens": 600}
        if base_url:
            options["base_url"] = base_url
        if base_url or api_key:
            options["api_key"] = api_key or "none"  # local servers ask for no key, the client for any
        try:
            self._model = init_chat_model(name, **options)
        except Exception as error:  # providers raise what they like: unknown provider, missing package, missing key
            raise ChatModelUnavailable(f"The chat model {name!r} cannot be opened: {_brief(error)} Check JALON_CHAT_MODEL.") from error

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The reply in pieces. The network is waited for in a thread, so that a silent server costs ``timeout`` seconds."""
        pieces: queue.Queue[tuple[str, str]] = queue.Queue()
        stopped = threading.Event()
        threading.Thread(target=self._read, args=(system, user, pieces, stopped), daemon=True).start()
        length = 0
        try:
            while True:
                try:
                    kind, text = pieces.get(timeout=self._timeout)
                except queue.Empty:
                    raise ChatModelUnavailable(f"The chat model said nothing for {self._timeout:g} seconds.") from None
                if kind == "error":
                    raise ChatModelUnavailable(f"The chat model failed: {text}")
                if kind == "end":
                    if text not in _WHOLE:
                        raise ChatModelUnavailable("The chat model's reply was cut off.")
                    return
                length += len(text)
                if length > _LONGEST:
                    raise ChatModelUnavailable("The chat model does not come to an end.")
                yield text
        finally:
            stopped.set()

    def _read(self, system: str, user: str, pieces: queue.Queue[tuple[str, str]], stopped: threading.Event) -> None:
        ended = ""
        try:
            for chunk in self._model.stream([("system", system), ("human", user)]):
                if stopped.is_set():
                    return
                text = str(chunk.text)
                if text:
                    pieces.put(("piece", text))
                ended = next((str(chunk.response_metadata[k]) for k in _FINISHED if chunk.response_metadata.get(k)), ended)
        except Exception as error:  # network, protocol, provider: all the same to a person who waits for an answer
            pieces.put(("error", _brief(error)))
            return
        pieces.put(("end", ended))


def _brief(error: Exception) -> str:
    """One line of an error, short enough for a log."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
