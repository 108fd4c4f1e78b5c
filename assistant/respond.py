# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""The answer to one part of a message: routed by what is asked, written into the message's draft.

Decides between a fact, a content sentence, an eligibility verdict, a list, a comparison, a question back and an
abstention. Remembers nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from assistant import comparison, several
from assistant.answer import Asked, missing, on_sheet, suggestions, topic_terms, unsaid_object
from assistant.asked import types_asked
from assistant.compared import spoken_of
from assistant.compose import Draft, day, short_title
from assistant.eligibility import asked_first, concerns, judge_sheet
from assistant.english import in_french
from assistant.evidence import Sheet
from assistant.fits import Resolution
from assistant.intent import Question, corrected, unnamed
from assistant.library import Library
from assistant.parts import course_asked, part_id
from assistant.prompts import SUGGESTIONS, say, suggestion
from assistant.records import Eligibility, Intent, LearnerProfile, Memory, Step
from assistant.resolve import resolve
from assistant.selection import Wanted
from assistant.themes import answering
from assistant.wording import INTENTS, THINGS, Aspect, is_matter
from corpus.french import fold
from corpus.records import Session

_SELF = re.compile(r"\b(?:je|j'|moi|mon|ma|mes|i|my|me|nous|notre)\b")
_THEMED: frozenset[Aspect] = frozenset(
    ("methods", "topic", "content", "overview", "results", "code", "certification", "prerequisites", "sessions", "evaluation")
)
"""Aspects under which a finer theme may hide: the rhythm under "methods", the pass rate under "results"."""
_WITHIN = re.compile(
    r"\b(?:y a-?t-?il|existe-?t-?il|propose-t-(?:il|elle|on)) (?:un|une|des) (?:modules?|cours|ateliers?|seances?|stages?|seminaires?|sessions?)\b[^?]*\b(?:dans|pendant|au cours d|lors d|avec)\b"
)
""" "Y a-t-il un module sur les budgets dans le cycle X ?": about the cycle, not about the catalogue."""
_SCHEME = re.compile(r"\b(?:cpf|opco|bourses?|france travail|pole emploi)\b")
_PLURAL = re.compile(r"\bquel(?:le)?s (?:sont (?:les |vos )?)?(?:\w+ )?(?:formations|stages|actions|cours|journees|ateliers|offres|parcours)\b")
_PATH = re.compile(r"\bparcours\b|\bplan de formation\b|\blearning path\b|\bplusieurs formations\b")


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of a message came to; its text is in the draft."""

    intent: Intent
    documents: tuple[str, ...] = ()
    abstained: bool = False
    aspects: tuple[Aspect, ...] = ()
    eligibility: Eligibility | None = None
    suggestions: tuple[str, ...] = ()
    pending: str | None = None
    one: bool = False
    """The documents are one programme, the one the answer is about."""
    cards: tuple[Step, ...] = ()


_OF_ONESELF = re.compile(
    r"\b(?:suis-je|ai-je|aurais-je|puis-je|pourrais-je|je (?:peux|suis|pourrais|remplis)|j'ai (?:le )?droit|pour moi|mon (?:profil|cas|grade|statut)|ma (?:categorie|situation)|am i|can i|could i|may i)\b"
)


def _of_oneself(asked: Asked) -> bool:
    """Whether the person asks about their own access, though nothing is known of them yet."""
    return asked.aspect == "eligibility" and bool(_OF_ONESELF.search(asked.question.folded))


class Responder:
    """Answers parts of messages over one generation."""

    def __init__(self, library: Library, today: Callable[[], date]) -> None:
        self.library = library
        self.today = today

    def respond(self, question: Question, memory: Memory, draft: Draft, forced: str | None = None) -> Part:
        """Answers into the draft. ``forced`` is a document chosen by the person after being asked which."""
        if forced:
            return self._on(forced, question, Resolution("one", (forced,)), memory, draft)
        question = self._in_french(question)
        resolution = resolve(question, memory, self.library)
        if question.comparison or question.total:
            part = self._compared(question, resolution, memory, draft)
            if part:
                return part
        if (question.listing or question.recommend) and not self._about_one(question, resolution):
            part = self._courses_of_page(question, resolution, draft) or self._listed(question, memory, draft)
            if part:
                return part
        if resolution.outcome == "one":
            return self._on(resolution.documents[0], question, resolution, memory, draft)
        if resolution.outcome == "which":
            return self._which(question, resolution, draft)
        if resolution.outcome == "open" and question.aspects:
            return self._which(question, replace(resolution, documents=resolution.documents or self.library.ids[:3]), draft, open_=True)
        return self._unknown(question, resolution, draft)

    def _in_french(self, question: Question) -> Question:
        """An English question with its subject as French titles say it; whole catalogue words first."""
        if question.language != "en":
            return question
        titles = self.library.directory.stems
        text = in_french(question.text, titles)
        if text == question.text:
            return question
        near = [self.library.sheet(d).stems for d, _ in self.library.found(text, 6)]
        text = in_french(question.text, titles, frozenset().union(*near))
        return replace(question, text=text, folded=corrected(text, self.library.directory.words))

    # -- one programme -------------------------------------------------------------------------------------------------

    def _about_one(self, question: Question, resolution: Resolution) -> bool:
        """Whether a wording of lists is nevertheless about one named programme: "quels modules comporte le cycle X ?"."""
        if resolution.outcome not in ("one", "which") or not resolution.explicit:
            return False
        if _WITHIN.search(question.folded):
            return True
        if question.recommend:
            return bool(question.aspects) and question.aspects[0] not in ("overview", "content", "topic", "objectives")
        if re.match(r"\W*quelle? (?:formation|programme|cycle|stage|cours|module|parcours|diplome)\b(?! (?:est|sont))", question.folded):
            return bool(question.aspects) and question.aspects[0] not in ("content", "topic", "objectives")
        if re.search(r"\b(?:formations|programmes|cycles|diplomes|masters|licences|cours|courses|programs)\b", question.folded) and question.listing:
            return resolution.outcome == "one" and bool(question.aspects) and not question.recommend and "modules" in question.aspects
        return True

    def _on(self, document: str, question: Question, resolution: Resolution, memory: Memory, draft: Draft) -> Part:
        sheet = self.library.sheet(document)
        course = course_asked(sheet.programme, question.folded)
        if course is not None:
            document = part_id(document, course)
            sheet = self.library.sheet(document)
        question = unnamed(question, resolution.named)
        aspects = question.aspects or question.inherited or (("topic",) if self._has_topic(question, resolution) else ("overview",))
        start = len(draft.pieces)
        answered: list[bool] = []
        eligibility: Eligibility | None = None
        pending: str | None = None
        for aspect in aspects[:4]:
            asked = Asked(
                question, aspect, topic_terms(question, aspect, resolution.named), resolution.explicit or bool(memory.focus), memory.profile.versant
            )
            if aspect in ("eligibility", "audience", "prerequisites"):
                judged = self._judged(sheet, asked, memory, draft)
                if judged is not None:
                    eligibility, pending = judged
                    answered.append(True)
                    continue
            unsaid = unsaid_object(sheet, asked, resolution.named)
            done = not unsaid and (self._by_theme(sheet, asked, resolution, draft, True) or on_sheet(sheet, asked, draft, self.library, self.today()))
            if (
                not done
                and not unsaid
                and aspect != "topic"
                and aspect in ("methods", "internship", "speakers", "overview", "funding", "results", "mode", "evaluation")
                and not (aspect == "funding" and _SCHEME.search(question.folded))  # what is silent on the CPF does not speak of it elsewhere
            ):
                done = bool(asked.terms) and on_sheet(sheet, replace(asked, aspect="topic"), draft, self.library, self.today())
            done = done or (not unsaid and self._by_theme(sheet, asked, resolution, draft, False))
            if done and aspect == "registration":
                self._note_past(sheet, draft)
            if not done:
                missing(sheet, asked, draft)
            answered.append(done)
        abstained = not any(answered)
        if not abstained:
            self._say_kind(sheet, draft, start)
        return Part(
            INTENTS[aspects[0]],
            (document,),
            abstained,
            aspects,
            eligibility,
            suggestions(sheet, aspects, draft.language),
            pending,
            one=True,
        )

    def _has_topic(self, question: Question, resolution: Resolution) -> bool:
        return bool(topic_terms(question, "topic", resolution.named))

    def _by_theme(self, sheet: Sheet, asked: Asked, resolution: Resolution, draft: Draft, first: bool) -> bool:
        """Answers by what the question is about where its words are not the document's; ``first``: before its fields are tried."""
        fields = ("price", "capacity", "contact", "location", "registration", "modules")
        if (
            is_matter(asked.aspect)
            or asked.aspect in fields
            or (asked.aspect == "sessions" and not first)
            or any(t in THINGS for t in asked.terms if not first)
        ):
            return False
        if first and asked.aspect not in _THEMED:
            return False
        lines = answering(sheet, asked.question.folded, resolution.named, first)
        if not lines:
            return False
        asked_for = Wanted(sheet, asked.terms)
        if asked.terms and len(lines) > 3:
            lines = [s.line for s in asked_for.rank(lines)] or lines
        return draft.lines("" if len(lines) == 1 else say("lead_topic", draft.language), sheet, lines[:5]) > 0

    def _say_kind(self, sheet: Sheet, draft: Draft, start: int) -> None:
        """What is no programme is not passed off as one."""
        kind = sheet.programme.kind
        breaks = "\n" if start < len(draft.pieces) and draft.pieces[start].startswith("- ") else ""
        if kind == "contribution":
            draft.pieces.insert(start, say("according_contribution", draft.language) + breaks)
        elif kind == "news":
            published = sheet.programme.published
            value = published.value if published else None
            when = (
                f" {say('session_day', draft.language, start=day(value.start, draft.language))}" if isinstance(value, Session) and value.start else ""
            )
            draft.pieces.insert(start, say("according_news", draft.language, date=when) + breaks)

    def _note_past(self, sheet: Sheet, draft: Draft) -> None:
        dated = [f for f in sheet.facts("sessions") if isinstance(f.value, Session) and (f.value.end or f.value.start)]
        if dated and all((f.value.end or f.value.start) < self.today() for f in dated):  # type: ignore[union-attr, operator]
            last = dated[-1]
            draft.add(f"{say('all_past', draft.language)} {draft.fact(sheet, last)}")

    # -- eligibility ---------------------------------------------------------------------------------------------------

    def _judged(self, sheet: Sheet, asked: Asked, memory: Memory, draft: Draft) -> tuple[Eligibility, str | None] | None:
        """A verdict on the person or the group that the question is about; None where it is about nobody in particular."""
        question = asked.question
        replying = (memory.pending or "").startswith("eligibility:")  # the words are about the person, whatever group they name
        group = several.group_of(question.text) if not replying and not re.search(r"\b(?:je suis|i am|i'm)\b", question.folded) else None
        personal = bool(_SELF.search(question.folded)) or asked.aspect == "eligibility"
        profile = group or (memory.profile if personal else LearnerProfile())
        anyone = not concerns(profile)
        if anyone and not replying and (group or not _of_oneself(asked)):
            return None
        if asked.aspect == "prerequisites" and not group:
            return None
        told = dict(memory.told)
        eligibility = judge_sheet(sheet, profile, draft.language, told)
        quoted = [b for b in eligibility.because if b.citation]
        quoted = [b for b in quoted if b.citation and len(b.citation.quote) > 15] or quoted  # "Aucun" alone says nothing beside a rule
        if not quoted:
            return None
        title = short_title(sheet.title)
        unknown = anyone and not told and eligibility.verdict == "to_check"
        draft.add(say(eligibility.verdict + ("_group" if group else "_anyone" if unknown else ""), draft.language, title=title))
        seen: set[str] = set()
        for because in quoted[:3]:
            citation = because.citation
            if citation is None or fold(citation.quote) in seen:
                continue
            seen.add(fold(citation.quote))
            marker = draft.cite(sheet, citation.start, citation.end, whole=False)
            draft.add(say("rule", draft.language, quote=" ".join(citation.quote.split()), m=marker))
        pending = None
        if eligibility.verdict == "to_check" and eligibility.questions and not group:
            draft.add(eligibility.questions[0])
            slot = asked_first(sheet, profile, told)
            pending = f"eligibility:{slot[0]}" if slot else None
        return eligibility, pending

    # -- several programmes --------------------------------------------------------------------------------------------

    def _compared(self, question: Question, resolution: Resolution, memory: Memory, draft: Draft) -> Part | None:
        documents, named_here = spoken_of(question, resolution, memory, self.library)
        if question.total:
            field: Aspect = next((a for a in question.aspects if a in ("price", "duration")), "price")
            if len(documents) < 2:
                return self._total_of_parts(field, resolution, draft)
            found = comparison.total(documents, field, self.library, draft)
            return Part("comparison", found.documents, not found.answered) if found.answered else None
        if not documents and question.comparison != "difference":
            words = several.topic_of_list(question)
            aside = Draft(draft.language)
            documents = several.listing(replace(question, text=question.text), LearnerProfile(), self.library, aside).documents if words else ()
            documents = (
                documents
                or tuple(d for d in self.library.ids if self.library.catalogue.programme(d).kind in ("programme", "module", "session", "event"))[:300]
            )
        types = types_asked(question.text)
        if types and question.comparison != "difference" and not named_here:
            documents = tuple(d for d in documents if types & several.types_of(self.library.sheet(d)))
        if len(documents) < 2 and question.comparison == "difference":
            return None
        found = comparison.compare(question, documents, self.library, draft)
        if not found.answered:
            draft.pieces.clear()
            draft.add(say("unknown", draft.language))
        return Part("comparison", found.documents, not found.answered, question.aspects)

    def _total_of_parts(self, field: Aspect, resolution: Resolution, draft: Draft) -> Part | None:
        """The sum over the modules of one programme, where each module has its own value."""
        if resolution.outcome != "one" or not comparison.total_of_parts(self.library.sheet(resolution.documents[0]), field, draft):
            return None
        return Part(INTENTS[field], resolution.documents[:1], False, (field,), one=True)

    def _courses_of_page(self, question: Question, resolution: Resolution, draft: Draft) -> Part | None:
        """ "Quelles formations propose le syndicat ?": the courses of the one page that is meant."""
        if not question.listing or question.recommend or resolution.outcome != "one" or not _PLURAL.search(question.folded):
            return None
        page = resolution.documents[0]
        if len(self.library.with_courses([page])) < 3 or self.library.page_of(page) != page:
            return None
        found = several.courses(page, self.library, draft)
        return Part("recommendation", (page, *found.documents[:5]), False, (), one=True) if found.answered else None

    def _listed(self, question: Question, memory: Memory, draft: Draft) -> Part | None:
        group = several.group_of(question.text)
        personal = bool(_SELF.search(question.folded)) and concerns(memory.profile)
        if question.recommend and _PATH.search(question.folded) and memory.profile.goals:
            planned = self._planned(memory.profile, draft)
            if planned:
                return planned
        profile = (memory.profile if personal and not group else group) or LearnerProfile()
        found = several.listing(question, profile, self.library, draft)
        if found.answered:
            hints = tuple(suggestion("price", draft.language, short_title(self.library.title(d), 60)) for d in found.documents[:2])
            return Part("recommendation", found.documents[:6], False, (), None, hints, one=len(found.documents) == 1)
        return None

    def _planned(self, profile: LearnerProfile, draft: Draft) -> Part | None:
        """A learning path: its steps as cards, each with its reason; None where no module serves the goals."""
        from assistant.paths.path import recommend  # the solver takes a second to import: only who asks for a path waits for it

        path = recommend(self.library.catalogue, self.library.search, profile, today=self.today(), alternatives=False, language=draft.language)
        if not path.steps:
            return None
        draft.limit = 1_600
        draft.line(say("recommend", draft.language))
        for step in path.steps[:6]:
            sheet = self.library.sheet(step.document)
            first = next((line for line in sheet.lines if line.text.strip()), None)
            marker = draft.quote(sheet, first).rsplit(" ", 1)[-1] if first else ""
            draft.line(f"- « {short_title(step.module)} » : {step.reason} {marker}".rstrip())
        asked = path.questions[:1]
        if asked:
            draft.line(asked[0])
        return Part("recommendation", tuple(s.document for s in path.steps), cards=path.steps, one=len(path.steps) == 1)

    # -- no programme --------------------------------------------------------------------------------------------------

    def _which(self, question: Question, resolution: Resolution, draft: Draft, open_: bool = False) -> Part:
        language = draft.language
        titles = [f"« {short_title(self.library.title(d))} »" for d in resolution.documents]
        if open_:
            draft.add(say("which_open", language, titles=" ; ".join(titles)))
        else:
            draft.add(say("which", language, titles=say("or", language).join((", ".join(titles[:-1]), titles[-1])) if len(titles) > 1 else titles[0]))
        key = next((a for a in question.aspects if a in SUGGESTIONS), None)
        offered = tuple(suggestion(key, language, self.library.title(d)) if key else self.library.title(d) for d in resolution.documents)
        return Part(question.intent, resolution.documents, False, question.aspects, None, offered, "choose")

    def _unknown(self, question: Question, resolution: Resolution, draft: Draft) -> Part:
        """An abstention, with what is nearest offered as such."""
        language = draft.language
        if resolution.outcome == "unknown" and resolution.name:
            draft.add(say("unknown_programme", language, name=short_title(resolution.name, 80)))
        else:
            draft.add(say("off_topic" if not question.aspects else "unknown", language))
        nearest = resolution.documents[:2] if resolution.outcome == "unknown" else ()
        if nearest:
            shown = []
            for document in nearest:
                sheet = self.library.sheet(document)
                first = next((line for line in sheet.lines if line.text.strip()), None)
                marker = draft.quote(sheet, first).rsplit(" ", 1)[-1] if first else ""
                shown.append(f"« {short_title(sheet.title)} » {marker}".strip())
            draft.add(say("nearest", language, titles=" ; ".join(shown)))
        offered = tuple(suggestion("content", language, short_title(self.library.title(d), 60)) for d in (nearest or resolution.documents[:2]))
        return Part(question.intent, (), True, question.aspects, None, offered)
