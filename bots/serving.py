"""uvicorn as `jalon serve` needs it: says where it answers, ends gracefully with status 0, one or several workers."""

from __future__ import annotations

import logging
import signal
import socket
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bots.errors import BotError
from bots.settings import load_settings, share_metrics
from bots.terminal import note

if TYPE_CHECKING:
    from fastapi import FastAPI

GRACE = 20
"""Seconds that open replies have to end after SIGTERM."""


def make_app() -> FastAPI:
    """The application of one worker, from the settings."""
    from bots.app import create_app
    from bots.assemble import Service
    from bots.command_line import open_state

    settings = load_settings()
    return create_app(Service(settings, note=note, serving=True), open_state(settings), settings)


def run(host: str, port: int, workers: int) -> None:
    """Serves until SIGTERM or SIGINT. Raises BotError when the address cannot be listened on."""
    import uvicorn

    settings = load_settings()
    # the index is opened (the demo built) before the address is taken, so that nobody meets a server that cannot answer
    _prepare()
    listening = _bind(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
    config = uvicorn.Config(
        "bots.serving:make_app", factory=True, workers=workers, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=GRACE, timeout_keep_alive=30, proxy_headers=bool(getattr(settings, "trusted_proxies", None)),
        forwarded_allow_ips=getattr(settings, "trusted_proxies", None) or None,
    )  # fmt: skip
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # uvicorn hands a captured signal on once it has stopped; with the default handler that would end us with -15
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: None)
    threading.Thread(target=_announce, args=(address, host, listening.getsockname()[1]), daemon=True).start()
    if workers == 1:
        server = uvicorn.Server(config)
        server.run(sockets=[listening])
        if not server.started:
            raise BotError("The server did not start: see the lines above.")
    else:
        from uvicorn.supervisors import Multiprocess

        supervisor: Any = Multiprocess(config, sockets=[listening])
        with tempfile.TemporaryDirectory(prefix="jalon-metrics-") as folder:
            share_metrics(Path(folder))
            supervisor.run()


def _prepare() -> None:
    from bots.assemble import Service

    Service(load_settings(), note=note).current()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise BotError(f"{host}:{port} cannot be listened on ({error.strerror or error}): choose another --host or --port.") from error
    listening.set_inheritable(True)
    return listening


def _announce(address: str, host: str, port: int) -> None:
    """Prints the address once the server answers there."""
    import http.client

    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not bound here
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection(target, port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                note(f"Jalon answers on {address}")
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
