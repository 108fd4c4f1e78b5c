"""What everybody gets: passages recombined from real sentences, and real questions of BEIR folders."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from corpus.french import sentences
from index.evaluate import read_dataset
from index.pairs import open_text

DEMO = Path(__file__).parents[2] / "corpus" / "demo"
QUESTIONS = (
    "Combien coûte la formation ?", "Qui peut s'inscrire au cycle des dirigeants ?", "Quelle est la durée du parcours ?",
    "Quels sont les prérequis ?", "Où se déroule la session ?", "conduite du changement et transformation publique",
    "formation au management d'équipe à distance", "Quand commence la prochaine session ?", "budget et achat public",
    "innovation publique en Polynésie", "Qui contacter pour s'inscrire ?", "Que vais-je apprendre ?",
)  # fmt: skip
"""Asked where no BEIR folder is given."""


def texts_of(folder: Path | None) -> list[str]:
    """The documents of a BEIR folder, or the demo programmes."""
    if folder is None:
        return [path.read_text(encoding="utf-8") for path in sorted(DEMO.glob("*.md"))]
    return [json.loads(line)["text"] for line in open_text(read_dataset(folder).corpus)]


def questions_of(folder: Path | None) -> list[str]:
    return list(QUESTIONS) if folder is None else list(read_dataset(folder).queries.values())


def write_passages(folder: Path | None, size: int, out: Path) -> None:
    """``size`` documents of one passage each, some 90 words: sentences of the real texts put together anew."""
    rng = random.Random(size)
    pool = [s.of(text) for text in texts_of(folder) for s in sentences(text)]
    pool = [sentence for sentence in pool if 20 < len(sentence) < 400]
    with out.open("w", encoding="utf-8") as file:
        for number, text in enumerate(_recombined(pool, size, rng)):
            file.write(json.dumps({"_id": f"d{number}", "title": "", "text": text}, ensure_ascii=False) + "\n")


def _recombined(pool: list[str], size: int, rng: random.Random) -> Iterator[str]:
    for number in range(size):
        chosen: list[str] = []
        while sum(map(len, chosen)) < 560:
            chosen.append(rng.choice(pool))
        yield " ".join(chosen) + f" Dossier {number}."
