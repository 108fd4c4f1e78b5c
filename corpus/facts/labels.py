"""Labels: for whom and for what an amount is, and what a length of time is of, in the document's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.facts.layout import View
from corpus.facts.segments import Segment
from corpus.facts.topics import bare

_FILLER = re.compile(
    (
        r"^(?:[\s,;:+*()\[\]\-–—/|•=.]|(?:tarifs?|couts?|prix|montants?|formation(?! (?:continue|initiale|professionnelle|en |individuelle))|"
        r"soit|est|sont|sera|de|du|des|d['’]|la|le|les|"
        r"l['’]|à|a|et|ou|en|au|aux|pour|par|sur|un|une|modalités?|total|s['’]élèvent?|élève|fixé|fixés|indicatifs?|pédagogiques?|"
        r"financières?|conditions?|entièrement|totalement|intégralement)(?![\w-]))+"
    ), re.I
)  # fmt: skip
_FILLER_END = re.compile(
    r"(?:[\s,;:+*()\[\]\-–—/|•=]|(?<![\w])(?:soit|est|sont|sera|seront|fixé[es]*|de|du|des|d['’]|à|a|et|ou|en|au|aux|un|une|le|la|les|"
    r"s['’]élèvent?|s['’]élève|puis|coûte(?:nt|ra)?|"
    r"il faut compter|comptez|revien(?:t|nent)|ramenée?s?|coût|tarif|prix|montant|minimum|maximum|environ|élève|sur))+$",
    re.I,
)
_AFTER = re.compile(
    r"[\s*]*(?:\(([^()\n]{2,80})\)|"
    r"(?::|–|—|-)\s+(?=[^\W\d])([^\n;.()|€\d]{3,80})|"
    r"((?:(?:HT|TTC|net(?:s|te)? de (?:taxes?|TVA)|nets?|par|pour|si|/"
    r"|de|au titre|à titre|aux?|en cas|en(?! (?:plus|sus|option|\w+ (?:fois|versements?)|sont|est))|CVEC|individuel\w*|employeurs?|entreprises?|"
    r"financements?|particuliers?|collectivités?|agents?|"
    r"salariés?|étudiants?|adhérents?|apprentis?|non|chaque|la|le|hors)(?!\w)|[dl]['’](?=\w))(?:[^\n;.()+|,€\d]|\d{1,3}(?: \d{3})*"
    r"(?! ?\d|[.,/]\d| ?(?:€|euro|EUR|F ?CFP|XPF|%|fois))){0,95}))",
    re.I,
)
_PUBLICS = re.compile(
    r"(?:tarifs?|co[uû]ts?|prix|frais|montants?|participation|droits)\s*[-–—:,(]?\s*(?:de la |de |du |des |en |pour les |pour |d['’])?(.{3,60})", re.I
)
FOR_WHOM = re.compile(
    r"initiale|continue|alternan|apprenti|[ée]tudiant|agent|employeur|entreprise|individuel|demandeur|particulier|salari[ée]|boursier|adh[ée]rent|"
    r"secteur|public|priv[ée]|inter|intra|20\d\d|r[ée]duit",
    re.I,
)
_NO_LABEL = frozenset({"tarif", "tarifs", "cout", "couts", "prix", "frais", "montant", "montants", "total", "tarif ttc", "prix ttc", "cout total"})
_ASKS = re.compile(r"(?:c.est |et )?(?:combien|(?:a |de )?quel)")
_LONGEST = 110
_LONGEST_CELL = 45
_IS_MONEY = re.compile(r"\d\s?(?:€|euro|EUR|XPF|F ?CFP)", re.I)


def price_label(view: View, segment: Segment, start: int, end: int) -> str | None:
    """The words that say for whom or what the amount at ``start:end`` is: cells and keys, its clause, the heading."""
    parts: list[str] = []
    if segment.kind == "row" or segment.cell >= 0:
        parts.extend(_row_labels(view, segment))
        if parts and not segment.keyed and (place := row_place(view, segment)):
            parts.append(place)
    before = _before(view.text, segment, start)
    key = _SUM_BEFORE.sub("", segment.key) if segment.key else ""
    said = bare(key) if key else ""
    if said and said not in _NO_LABEL and not _ASKS.match(said) and not _IS_MONEY.search(key):
        behind = view.text[segment.value_start : start]
        another = before and not _SO.search(behind) and (_SENTENCE.search(behind) or (_ANOTHER.match(before) and _SUM.search(behind)))
        if not another:
            parts.append(key)
    parts.append(_bare_ends(before))
    parts.append(_after(view.text, segment, start, end))
    heading = segment.heading
    if (
        heading
        and (public := _PUBLICS.match(heading.strip()))
        and (FOR_WHOM.search(public.group(1)) or not (any(map(_tidy, parts)) or _FILLER.fullmatch(public.group(1))))
        and not (_YEARS.fullmatch(_FILLER.sub("", public.group(1))) and _only_years(view, heading))
    ):
        parts.insert(0, public.group(1))
    label = ", ".join(_unique(p for p in map(_tidy, filter(None, parts)) if p))
    return label[:_LONGEST].rsplit(" ", 1)[0] if len(label) > _LONGEST else label or None


_SENTENCE = re.compile(r"[.!?] +(?=[A-ZÀ-Ý])")
_ANOTHER = re.compile(r"(?:le |un )?(?:tarif|prix|co[uû]t)s?\b", re.I)
"""What follows a key of the line and names a tariff of its own: "Tarif plein 320 € ; tarif réduit 160 €"."""


def _before(text: str, segment: Segment, start: int) -> str:
    """The words of the clause that stand before the amount, of this amount and not of the one before it."""
    left = text[max(segment.value_start, start - 110) : start].replace("\n", " ")
    tail = ""
    if _SO.search(left) and (sums := list(_SUM.finditer(left))):
        return _before(text, segment, start - len(left) + sums[-1].start())  # "195 € par jour, soit 3 022 € pour l'ensemble"
    if (bracket := _LAST_BRACKET.search(left)) and not _IS_MONEY.search(bracket.group()):
        left, tail = left[: bracket.start()], bracket.group()  # "Autres employeurs (État, hospitalier) : 195 €"
        if _NOTHING.search(left):
            return ""  # "néant (agents du ministère) – 200 € (autres)"
    elif (opened := left.rfind("(")) > left.rfind(")"):
        inside = left[opened + 1 :]
        if inside.strip().lower() in ("ht", "net"):
            return ""
        left = left[:opened] if inside.strip(" ,:+").lower() in ("", "soit", "environ") else inside  # "(SDIS : 720 €)"
    for money in _SUM.finditer(left):
        left = " " * money.end() + left[money.end() :]
    if (blank := len(left) - len(left.lstrip(" "))) and (other := _AFTER.match(left, blank - 1)):
        left = _CLOSED.sub("", left[other.end() :])  # what is behind the amount before is said of that one
    for separator in (";", ". ", ") ", " + ", "|"):
        left = left.rpartition(separator)[2]
    if "gratuit" in left.lower():  # "gratuit pour les adhérents, 30 € pour les autres"
        left = _PART_OF_LINE.split(left)[-1]
    if left.strip(" (").lower() in ("ht", "net"):
        return ""  # "240 € HT (288 € TTC)"
    if rest := _REST.search(left):
        return rest.group()
    named = left.rstrip().endswith(":")
    left = left.rstrip(" ,;:(–—-.…\u00a0") + tail
    if len(left) > 60 and not (tail or named) and ", " in left:
        left = left.rpartition(", ")[2]
    return left.strip()


_LAST_BRACKET = re.compile(r" ?\([^()\n]{2,90}\)[ \u00a0]*[:=–—-]?[ \u00a0]*[.…]*[ \u00a0]*$")
_NOTHING = re.compile(r"(?:néant|gratuite?s?|gratuité|offerte?s?|aucun frais|sans frais)\s*$", re.I)
_CLOSED = re.compile(r"^\s*\([^()]*\)[,;:]?")
_SUM_BEFORE = re.compile(r"^.*\d\s?(?:€|euros?|EUR|XPF|F\.? ?CFP)[^.]*\. (?=\S)")
_SUM = re.compile(r"\d[\d .,\u00a0\u202f]{0,14}(?:k?€|euros?\b|EUR\b|XPF|F\.? ?CFP)", re.I)
_SO = re.compile(r"[,(–-]? ?\bsoit (?:un (?:total|coût|tarif) de |au total )?$", re.I)


def _bare_ends(words: str) -> str:
    """Without the words that only link it to the amount; a bracket that they close stays closed."""
    words = _FILLER_END.sub("", _FILLER.sub("", words))
    return f"{words})" if words.count("(") > words.count(")") else words


_PART_OF_LINE = re.compile(r", | [–—-] ")
_REST = re.compile(r"reste à charge|restant à charge", re.I)


def _after(text: str, segment: Segment, start: int, end: int) -> str:
    text = text[end : min(segment.end, end + 190)].replace("\n", " ")
    match = _AFTER.match(text, 0, 130)
    if not match:
        return ""
    if match.group(1) and _IS_MONEY.search(match.group(1)):
        return ""
    if match.group(2):  # "1 200 € : agents de la fonction publique", where the amount opens the item
        return _FILLER_END.sub("", match.group(2)) if start <= segment.value_start else ""
    words = match.group(1) or _FILLER_END.sub("", match.group(3) or "")
    if len(words) > 90:
        words = _FILLER_END.sub("", words.rsplit(" ", 1)[0])
    # "240 € HT (288 € TTC) pour les autres organismes": for whom both are stands behind the bracket.
    if words.lower() in ("ht", "ttc", "net", "nets") and (bracket := _BRACKET.match(text, match.end(), 60)):
        behind = _AFTER.match(text, bracket.end())
        if behind and behind.group(3):
            return f"{words} {_FILLER_END.sub('', behind.group(3))}"
    return words


_YEARS = re.compile(r"(?:(?:et )?(?:frais|droits|tarifs) )?(?:(?:la |cette )?formation)?\W*(?:ann[ée]es? )?20\d\d(?:\W{1,3}(?:20)?\d\d)?\W*", re.I)


def _only_years(view: View, heading: str) -> bool:
    """Whether no other heading of prices says another year, so that the year tells nothing apart."""
    return not any(s.kind == "heading" and s.topic == "price" and s.heading != heading and _A_YEAR.search(s.heading) for s in view.segments)


_A_YEAR = re.compile(r"\b20\d\d\b")
_BRACKET = re.compile(r"\s*(?:\([^()\n]{0,40}\)|\))")


def _row_labels(view: View, segment: Segment) -> list[str]:
    """The first cell of the row, and the head of the column where the table has one."""
    index = view.index_at(segment.start)
    labels: list[str] = []
    first = index
    while first > 0 and view.segments[first - 1].line == segment.line:
        first -= 1
    if view.segments[first].start != segment.start:
        label = view.text[view.segments[first].value_start : view.segments[first].end]
        if view.segments[first].key and _IS_MONEY.search(label):
            label = view.segments[first].key  # "4 crédits : 340 € individuel | 800 € employeur"
        if len(label) <= _LONGEST_CELL:
            labels.append(label)
    words = column_head(view, segment, first)
    if words and not any(c.isdigit() for c in words) and bare(words) not in _NO_LABEL:
        labels.append(words)
    return labels


def column_head(view: View, segment: Segment, first: int | None = None) -> str:
    """The words above a cell in the first row of its table, "" where it has none; ``first`` is the index of its row's first segment."""
    if first is None:
        first = view.index_at(segment.start)
        while first > 0 and view.segments[first - 1].line == segment.line:
            first -= 1
    above = first - 1
    while (
        above >= 0
        and view.segments[above].kind in ("row", "heading")
        and view.segments[above].cell >= 0
        and view.segments[above].line >= segment.line - 30
    ):
        above -= 1
    head = next((s for s in view.segments[above + 1 : first] if s.cell == segment.cell), None)
    return view.text[head.start : head.end] if head else ""


def row_label(view: View, segment: Segment) -> str | None:
    """The first cell of the row in which a cell stands, None for the first cell itself."""
    labels = _row_labels(view, segment)
    return _tidy(labels[0]) or None if labels and segment.cell > 0 else None


def row_place(view: View, segment: Segment) -> str | None:
    """What the column of places says in the row of a cell: "Rennes"."""
    index = view.index_at(segment.start)
    while index > 0 and view.segments[index - 1].line == segment.line:
        index -= 1
    for other in view.segments[index : index + 20]:
        if other.line != segment.line:
            break
        if other.cell >= 0 and other.cell != segment.cell and other.topic == "location" and not other.keyed:
            words = _tidy(view.text[other.value_start : other.end])
            return words if 0 < len(words) <= _LONGEST_CELL else None
    return None


def _tidy(words: str) -> str:
    words = " ".join(words.split()).strip(" ,;:.-–—*|/+=•")
    if "(" not in words or ")" not in words:
        words = words.strip("()").rstrip(" ,;:")
    return words


def _unique(parts: Iterable[str]) -> list[str]:
    """The parts that say something, each once: neither "tarif" alone nor what a part before it holds."""
    seen: list[str] = []
    known: list[str] = []
    for part in parts:
        said = bare(part)
        if said not in _NO_LABEL and not any(said in other for other in known):
            seen.append(part)
            known.append(said)
    return seen


_DURATION_OF = re.compile(
    r"[ ,]*(?:\([^)]{0,25}\) ?)?(?:de |d['’]|en |d['’]un |à )?((?:stages?|cours|formations?|présentiel|distanciel|distance|e-learning|"
    r"enseignements?|alternance|travail personnel|théorie|pratique|immersion|projets?|CM|TD|TP|classes? virtuelles?|visio\w*|autoformation|"
    r"tutorat|mission|face à face)\b(?: [a-zéèàç]+){0,5})",
    re.I,
)  # fmt: skip
_EACH = re.compile(
    r"(?:\d|[a-zéèàç]+)\s(session|regroupement|module|séminaire|week-end|séance|séquence|atelier|stage|visite|cycle|journée)s"
    r"(?: \w+)? (?:de|d['’]une durée "
    r"de|d['’])\s?$",
    re.I,
)
_DURATION_FOR = re.compile(
    r"\b((?:stages?|module|modules|semestre|cycle|parcours|formation|session|séminaire|phase|période|alternance|jour|bloc|UE|partie|présentiel|"
    r"distanciel|e-learning|classe virtuelle)\b(?: (?:\d{1,2}|[IVX]{1,3}|(?-i:[A-H])\b))?)[^.;]{0,60}$",
    re.I,
)


def duration_label(view: View, segment: Segment, start: int, end: int) -> str | None:
    """What lasts that long, where the document says so: "stage", "Module 2", "formation"."""
    after = _DURATION_OF.match(view.text, end, min(segment.end, end + 60))
    if after:
        return _tidy(_LINKS_END.sub("", after.group(1))) or None
    behind = view.text[segment.value_start : start]
    if segment.key and segment.topic != "duration" and not _SENTENCE.search(behind):
        return " ".join(_tidy(segment.key)[:_LONGEST].split()) or None
    if segment.cell > 0 and (row := row_label(view, segment)):
        return row
    if "   " in behind and (columns := _before_gap(behind)):
        return columns
    if listed := _listed(view, segment, start, end):
        return listed
    left = view.text[max(segment.start, start - 90) : start]
    if each := _EACH.search(left):
        return f"par {each.group(1).lower()}"
    before = _DURATION_FOR.search(left)
    return _tidy(before.group(1)) if before else None


_LINKS_END = re.compile(r"(?: (?:et|ou|de|du|des|d|en|à|au|aux|par|pour|dont|sur|la|le|les|une?|est|sont|avec))+$", re.I)
_PART = re.compile(
    r"(?:modules?|blocs?|UE|EC|séquences?|parties?|ateliers?|séminaires?|journées?|jours?|étapes?|semaines?|thèmes?|cycles?|phases?) ?[\dA-H]", re.I
)
_GAP = re.compile(r" {3,}")
_FAR_LEFT = 240
"""Characters of a row that are looked through for its first columns."""
_COUNTED = re.compile(r"\d\s?(?:cr[ée]dits?|ECTS|h\b|heures?|jours?|€|places?)", re.I)


def _before_gap(behind: str) -> str | None:
    """The columns before a length of time in a row whose cells only white parts: "SOC117   Diagnostic de territoire   6 crédits"."""
    cells = [c.strip() for c in _GAP.split(behind[-_FAR_LEFT:].replace("\n", " "))]
    named = [c for c in cells if not _COUNTED.search(c) and any(x.isalpha() for x in c)]
    return _tidy(" ".join(named))[:_LONGEST] or None if named else None


_BEFORE_LENGTH = re.compile(r"[ \u00a0]*[(\[–—:,|-][ \u00a0(]*$")
_AFTER_LENGTH = re.compile(r"[ \u00a0]*[)\]]?[ \u00a0.;]*")


def _listed(view: View, segment: Segment, start: int, end: int) -> str | None:
    """The item of a list of contents behind which its length stands: "Droit public et institutions (4 jours)"."""
    if not _AFTER_LENGTH.fullmatch(view.text, end, segment.end):
        return None
    if not (segment.kind == "item" and segment.topic in ("content", "modules")) and not _PART.match(view.text, segment.value_start, start):
        return None
    left = view.text[segment.value_start : start]
    title = left[: gap.start()] if (gap := _BEFORE_LENGTH.search(left)) else ""
    return _tidy(title) or None if 3 < len(title) <= _LONGEST else None
