"""Opens the index and builds the Assistant that every channel shares."""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bots.settings import Settings
from index.errors import BuildInProgress, DamagedIndex, EmbedderMismatch, NoIndex

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.chat_model import ChatModel
    from assistant.conversation import Assistant
    from corpus.catalogue import Catalogue
    from index.build import BuildReport
    from index.gather import Progress
    from index.manifest import Manifest
    from index.search import Search
    from index.store import Opened, Store


@dataclass(frozen=True, slots=True)
class Ready:
    """One published generation with its assistant; hold it for one request, ask for ``current`` again for the next."""

    assistant: Assistant
    catalogue: Catalogue
    search: Search
    generation: str
    manifest: Manifest


class Service:
    """What bots/ need of the rooms to their left. Threads may share it."""

    def __init__(
        self, settings: Settings, *, today: Callable[[], date] = date.today, note: Callable[[str], None] = lambda _: None, serving: bool = False
    ) -> None:
        """``serving``: a process that goes on answering opens the whole index at its start."""
        from index.store import Store

        self.settings = settings
        self._today, self._note = today, note
        self.home = Path(settings.home).expanduser()
        self.store: Store = Store(self.home, settings.embedding_model, settings.reranker, serving=serving)
        self._chat_model: ChatModel | None = None
        self._ready: Ready | None = None
        self._lock = threading.Lock()

    def opened(self) -> Opened:
        """The published generation; builds the demo index first when nothing has been published, and says so."""
        try:
            return self.store.current()
        except NoIndex:
            with self._lock:
                self._build_demo()
        except (DamagedIndex, EmbedderMismatch) as error:
            if not self._is_demo():
                raise
            with self._lock:
                self._note(f"The demo index is built anew ({error})")
                self.build(None, full=True)
        return self.store.current()

    def _is_demo(self) -> bool:
        """Whether what is published is our own demo, which nobody misses while it is built anew after an upgrade."""
        from index.manifest import DEMO

        try:
            return self.store.manifest().paths == (DEMO,)
        except DamagedIndex:
            return False

    def current(self) -> Ready:
        """The published generation with its assistant; the demo is built first where there is none."""
        opened = self.opened()
        ready = self._ready
        if ready is not None and ready.catalogue is opened.catalogue:
            return ready
        with self._lock:
            if self._ready is None or self._ready.catalogue is not opened.catalogue:
                self._ready = self._assemble(opened)
            return self._ready

    def build(self, paths: list[Path] | None, *, full: bool = False, dry_run: bool = False, progress: Progress | None = None) -> BuildReport:
        """``jalon reindex``; see index.build.build."""
        from corpus.readers.limits import Limits
        from index.build import build

        limits = Limits(seconds=self.settings.read_seconds, memory=self.settings.read_megabytes * 1024 * 1024)
        return build(
            self.home, paths, embedder_name=self.settings.embedding_model, full=full, dry_run=dry_run, limits=limits, progress=progress
        )  # fmt: skip

    def _build_demo(self) -> None:
        try:
            self.store.published()
        except NoIndex:
            self._note("No index yet: indexing the demo programmes (run `jalon reindex PATH` for yours).")
            try:
                self.build(None)
            except BuildInProgress:
                self._wait_for_publication()

    def _wait_for_publication(self) -> None:
        """Another worker started at the same moment and is building: its index is ours too."""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with contextlib.suppress(NoIndex):
                self.store.published()
                return
            time.sleep(0.2)
        raise BuildInProgress("Another process has been building the index for two minutes: wait for it to end, then start again.")

    def _assemble(self, opened: Opened) -> Ready:
        from assistant.conversation import Assistant

        if self._chat_model is None and self.settings.chat_model:
            self._chat_model = self._open_chat_model()
        assistant = Assistant(opened.catalogue, opened.search, self._chat_model, opened.generation, self._today)
        return Ready(assistant, opened.catalogue, opened.search, opened.generation, opened.manifest)

    def _open_chat_model(self) -> ChatModel:
        from assistant.chat_model import open_chat_model

        key = self.settings.chat_api_key
        return open_chat_model(
            self.settings.chat_model or "",
            base_url=self.settings.chat_base_url,
            api_key=key.get_secret_value() if key else None,
            timeout=self.settings.chat_timeout,
        )
