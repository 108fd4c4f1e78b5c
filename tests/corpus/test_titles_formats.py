"""Titles of web pages, Markdown and forms that mark them well, badly or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers.formats import read
from corpus.readers.limits import Limits


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        (
            "a.html",
            "<html><head><title>Accueil - Institut du fleuve</title></head><body><div class='logo'>Institut du "
            "fleuve</div><ul><li>L'institut</li><li>Formations</li></ul><div class='titre'>Restaurer une zone "
            "humide</div><p>Trois jours sur le terrain pour apprendre à restaurer une zone humide, avec des techniciens de "
            "rivière expérimentés.</p><p>Tarif : 640 €</p></body></html>",
            "Restaurer une zone humide",
        ),
        (
            "b.html",
            "<html><head><title>Rédiger un marché de travaux | Formations | CDG du Lac</title><meta property='og:title' "
            "content='Rédiger un marché de travaux'></head><body><h1>CDG du Lac</h1><h2>Nos formations</h2><h3>Rédiger un marché "
            "de travaux</h3><p>2 jours</p></body></html>",
            "Rédiger un marché de travaux",
        ),
        (
            "c.html",
            "<html><head><title>Formation</title></head><body><h1>Formation</h1><h2>Secourir un travailleur isolé</h2><p>Une "
            "journée pour les équipes.</p></body></html>",
            "Secourir un travailleur isolé",
        ),
        (
            "d.html",
            "<html><body><h1>École des cadres</h1><main><p>Retour</p><h1>Prendre un poste de direction</h1><p>Un cycle d'un an "
            "pour préparer une prise de poste, Un cycle d'un an pour préparer une prise de poste, Un cycle d'un an pour préparer "
            "une prise de poste, Un cycle d'un an pour préparer une prise de poste, Un cycle d'un an pour préparer une prise de "
            "poste, </p></main></body></html>",
            "Prendre un poste de direction",
        ),
        (
            "e.html",
            "<html><body><h1><span>Certificat</span><span> Médiation numérique</span></h1><p>Neuf mois.</p></body></html>",
            "Certificat Médiation numérique",
        ),
        (
            "f.md",
            "![logo](x.png)\n\nCentre du Lac\n\n## Piloter un service public local\n\nRéf. PSL-204\n\n### Objectifs\n\n- "
            "Comprendre\n\n### Tarif\n\n900 €\n",
            "Piloter un service public local",
        ),
        (
            "g.md",
            "---\ntitle: Conduire un audit interne\n---\n\nPublic : auditeurs\n",
            "Conduire un audit interne",
        ),
        (
            "h.md",
            "**CDG du Lac**\n**Service formation**\n\n**Tenir un registre d'état civil**\n\nDurée : 1 jour\n",
            "Tenir un registre d'état civil",
        ),
        (
            "i.md",
            "Formations > Juridique\n\nTenir un registre d'état civil\n==============================\n\nDurée : 1 jour\n",
            "Tenir un registre d'état civil",
        ),
        (
            "j.md",
            "# Fiche de formation\n\n## Tenir un registre d'état civil\n\n**Durée** : 1 jour\n",
            "Tenir un registre d'état civil",
        ),
        (
            "k.md",
            "| Intitulé | Tenir un registre d'état civil |\n|---|---|\n| Durée | 1 jour |\n| Public | agents |\n",
            "Tenir un registre d'état civil",
        ),
        (
            "l.txt",
            "| Intitulé | Tenir un registre d'état civil |\n| Durée | 1 jour |\n| Public | agents |\n",
            "Tenir un registre d'état civil",
        ),
        (
            "m.txt",
            "Stage ENS-14\tTenir un registre d'état civil\nDurée\t1 jour\nPublic\tagents\n",
            "Tenir un registre d'état civil",
        ),
        (
            "n.txt",
            "TENIR UN REGISTRE\nD'ÉTAT CIVIL\n\n1 jour\n\nLe service reçoit chaque année des centaines de demandes. Le stage "
            "aide à les traiter avec méthode, et à\nles prioriser avec l'équipe.\n",
            "TENIR UN REGISTRE D'ÉTAT CIVIL",
        ),
        (
            "o.txt",
            "T E N I R   U N   R E G I S T R E\n\nTenir un registre d'état civil : le stage\n\nLe service reçoit chaque année "
            "des centaines de demandes. Le stage aide à les traiter avec méthode, et à\nles prioriser avec l'équipe.\n",
            "Tenir un registre d'état civil : le stage",
        ),
        (
            "p.txt",
            "1/4\n\n12/03/2027\n\nwww.cdg-lac.example\n\nTenir un registre d'état civil\n\nLe service reçoit chaque année des "
            "centaines de demandes. Le stage aide à les traiter avec méthode, et à\nles prioriser avec l'équipe.\n",
            "Tenir un registre d'état civil",
        ),
        (
            "q.txt",
            "Tenir un registre d'état civil - CDG du Lac\nhttps://cdg-lac.example/formations/registre\n\nTenir un registre "
            "d'état civil\n\nLe service reçoit chaque année des centaines de demandes. Le stage aide à les traiter avec méthode, "
            "et à\nles prioriser avec l'équipe.\n",
            "Tenir un registre d'état civil",
        ),
        (
            "r.txt",
            "Formation « Tenir un registre d'état civil »\nCDG du Lac\n\nLe service reçoit chaque année des centaines de "
            "demandes. Le stage aide à les traiter avec méthode, et à\nles prioriser avec l'équipe.\n",
            "Formation « Tenir un registre d'état civil »",
        ),
    ],
)
def test_the_title_of_a_page_of_any_format(tmp_path: Path, name: str, text: str, title: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert next(iter(read(path, name, Limits()))).title == title
