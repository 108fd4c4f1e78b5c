"""Takes the README's pictures of a running Jalon: ``python -m tests.browser.pictures http://127.0.0.1:8000``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS

FOLDER = Path(__file__).with_name("pictures")
QUESTION = "Combien coûte le cycle Piloter la transformation publique ?"


def take(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, width, height, scheme in (("chat-wide", 1100, 760, "light"), ("chat-phone", 390, 760, "dark")):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="fr-FR", base_url=url)
            page = context.new_page()
            page.goto("/")
            page.fill("#question", QUESTION)
            page.keyboard.press("Enter")
            page.locator("a.marker").first.click()
            page.evaluate("document.activeElement.blur()")
            _save(page, FOLDER / f"{name}.png")
            context.close()
        browser.close()


def _save(page: Any, path: Path) -> None:
    """A page of few colours needs few bytes."""
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    take(sys.argv[1])
