# ruff: noqa: E501 -- a pattern broken over lines hides its alternatives
"""One reply: the parts of a message answered one by one, what to remember of them, and the stream that carries it.

Stateless: everything remembered is in ``Memory``, which the caller keeps between turns.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from assistant.asked import asked_name
from assistant.chat_model import ChatModel
from assistant.compose import Draft
from assistant.eligibility import asked_first, concerns
from assistant.errors import BadRequest
from assistant.intent import Question, language_of, language_shown, split, understand
from assistant.learner.profile import fill, profile_from_words
from assistant.library import CatalogueLike, Library, SearchLike
from assistant.prompts import say
from assistant.records import Answer, Done, Event, Language, Memory, ProgrammeRef, TextPiece, Turn
from assistant.respond import Part, Responder
from assistant.told import leads, replies, said_of
from assistant.wording import Aspect
from assistant.writing import Observer, may_write, write
from corpus.french import fold, tokens

LONGEST = 2_000
"""Characters of a question; a longer one is refused, not cut."""
_REMEMBERED = 8
"""Turns kept."""
_REMEMBERED_TOLD = 12
"""Answers about conditions kept."""
_BARE = re.compile(r"\W*(?:oui|non|yes|no|je ne sais pas|i do not know|i don't know)\b")
_WHO = re.compile(
    r"\b(?:qui es[- ]tu|qui etes[- ]vous|(?:es[- ]tu|etes[- ]vous|tu es|vous etes) (?:un |une )?(?:robot|ia|humain|humaine|personne|machine|chatgpt|vraie)|who are you|are you (?:a |an )?(?:robot|human|ai|person|bot))\b"
)
_THANKS = re.compile(
    r"^\W*(?:merci|thanks|thank you|super|parfait|d'accord|ok|au revoir|bye|genial)"
    r"(?:[ ,!.]+(?:merci|beaucoup|bien|c'est|note|parfait|super|bonne|journee|a vous|pour|votre|aide|jalon|tout))*\W*$"
)
_HELLO = re.compile(r"^\W*(?:bonjour|bonsoir|salut|hello|hi|coucou|ia ora na)(?:[ ,!.]+(?:jalon|a tous|madame|monsieur|ca va))*\W*$")
_SECRETS = re.compile(
    r"\b(?:tes|vos|your|ton|votre|the|le|du) (?:instructions?|consignes?|prompt\w*|system prompt|cles? (?:d'api|api)|mots? de passe|passwords?|secrets?)\b|"
    r"\bprompt (?:systeme|system)\b|\bsystem prompt\b|\bignore[rz]? (?:\w+ )?(?:les|tes|vos|toutes|all|previous|your)\b|\bapi[_ -]?keys?\b|\boublie[rz]? (?:les|tes|vos|toutes) (?:instructions|consignes|regles)"
)


_TASKS = re.compile(
    r"^\W*(?:(?:peux-tu|pouvez-vous|tu peux|vous pouvez|can you|please) )?(?:m'|me |nous )?(?:ecri[sv]\w*|ecrire|redige[rz]?|compose[rz]?|tradui\w+|calcule[rz]?|raconte[rz]?|chante[rz]?|invente[rz]?|"
    r"write|translate|compute|tell me a)(?:-moi)? (?:moi )?(?:un|une|le|la|les|des|ce|cette|mon|ma|\d+|a|an|the|bonjour|hello|[a-z]+ (?:en|in|into) )\b"
)
"""What other assistants are asked for: letters, translations, sums."""
_OF_THE_WORLD = re.compile(
    r"\b(?:va|vont|fait|fera|faire|risque de)(?:-t-il| il)? (?:\w+ )?(?:neiger|pleuvoir|beau|chaud|froid|gris)\b|\b(?:il )?(?:neigera|pleuvra|pleut|neige)(?:-t-il)?\b|\bquel(?:le)? (?:temps (?:fait|fera|il fait)|meteo)\b|"
    r"\bmeteo (?:de |d'|du |pour |a )?(?:demain|aujourd|ce |cette |la semaine)|\bwill it (?:rain|snow)\b|\bweather (?:today|tomorrow|forecast|in)\b|"
    r"\bpour qui (?:\S+ ){0,2}(?:voter|vote[rz]?|votes)\b|\bqui (?:va|vas) (?:gagner|remporter|etre elue?)(?! en)\b|\bwho should i vote\b|"
    r"\bcours (?:(?:de l'|d'une |de son )action|de (?:la )?bourse|du (?:bitcoin|dollar|petrole|ble)|de l'or)\b|\b(?:stock|share) price\b"
)
"""The weather, votes and shares: what no programme says, whatever words it shares with the question."""
_SPEAKS_OF_SELF = re.compile(r"\b(?:je (?:suis|travaille|dirige|gere|m'occupe|viens)|j'(?:exerce|encadre)|nous sommes|i am|i'm|i work)\b")
_FRAGMENT = re.compile(r"(?:et |mais )?(?:(?:meme )?si|avec|sans|en|pour|par|a titre|quand)\b")
"""How a condition added to the question before begins: "même si je la finance moi-même ?"."""


class Assistant:
    """Answers over one opened index. Threads may share it.

    ``today`` decides which sessions are over; ``observe`` is told what becomes of a chat model's sentences.
    """

    def __init__(
        self,
        catalogue: CatalogueLike,
        search: SearchLike,
        chat_model: ChatModel | None = None,
        generation: str = "",
        today: Callable[[], date] = date.today,
        observe: Observer = lambda _: None,
    ) -> None:
        self.generation = generation
        self.library = Library(catalogue, search)
        self.chat_model = chat_model
        self.observe = observe
        self._responder = Responder(self.library, today)
        self._today = today

    def ask(self, question: str, memory: Memory = Memory(), language: Language | None = None) -> Done:  # noqa: B008
        """The whole reply at once. Raises BadRequest for an empty or over-long question."""
        for event in self.reply(question, memory, language):
            if isinstance(event, Done):
                return event
        raise AssertionError("a reply ends with Done")

    def reply(self, question: str, memory: Memory = Memory(), language: Language | None = None) -> Iterator[Event]:  # noqa: B008
        """Pieces of text as they are released, then exactly one Done. Raises BadRequest before the first piece."""
        text = _checked(question)
        return self._reply(text, memory, language or _language(text, memory))

    def _reply(self, text: str, memory: Memory, language: Language) -> Iterator[Event]:
        started = time.perf_counter()
        done = self._extractive(text, memory, language)
        if self.chat_model is not None and may_write(done.answer):
            for event in write(self.chat_model, done, self.library, self.observe):
                yield replace(event, answer=replace(event.answer, seconds=time.perf_counter() - started)) if isinstance(event, Done) else event
            return
        done = replace(done, answer=replace(done.answer, seconds=time.perf_counter() - started))
        for piece in _pieces(done.answer.text):
            yield TextPiece(piece)
        yield done

    # -- the extractive answer -----------------------------------------------------------------------------------------

    def _extractive(self, text: str, memory: Memory, language: Language) -> Done:
        fixed = _small_talk(text, language)
        if fixed:
            answer = Answer(text, fixed[0], "other", abstained=fixed[1], language=language)
            return Done(answer, _remember(memory, text, answer, ()))
        draft = Draft(language)
        profile = profile_from_words(text, memory.profile, self._today())
        memory = replace(memory, profile=profile)
        if leads(text):
            memory = replace(memory, told=(*(t for t in memory.told if t[0] != "level"), ("level", text[:200])))
        memory, waited = self._waited_for(text, memory, language, draft)
        parts = [waited] if waited else self._parts(text, replace(memory, pending=None) if memory.pending != "choose" else memory, language, draft)
        return self._done(text, parts, draft, memory)

    def _parts(self, text: str, memory: Memory, language: Language, draft: Draft) -> list[Part]:
        known = self.library.directory.words
        told = self._told(text, memory, language, draft)
        if told:
            return [told]
        whole = understand(text, known, language)
        # a wish for advice is one wish, however many sentences tell it
        questions = [whole] if whole.recommend and not whole.aspects else [understand(p, known, language) for p in split(text)]
        results: list[Part] = []
        for number, question in enumerate(questions):
            question = self._with_context(question, memory, results)
            forced = self._pointed_at(question, memory) if number == 0 else None
            here = memory
            if results and results[-1].one:
                here = replace(memory, focus=results[-1].documents[:1])
            elif not results and len(questions) > 1 and not memory.focus:
                here = self._named_later(whole, question, memory)
            if draft.pieces and not draft.pieces[-1].endswith("\n"):
                draft.pieces.append("\n")
            results.append(self._responder.respond(question, here, draft, forced))
            if results[-1].pending == "choose":
                break
        return results

    def _told(self, text: str, memory: Memory, language: Language, draft: Draft) -> Part | None:
        """A message that only says who the person is: noted, and asked what they want to know."""
        question = understand(text, self.library.directory.words, language)
        if question.asks or question.listing or question.recommend or not _SPEAKS_OF_SELF.search(question.folded) or not concerns(memory.profile):
            return None
        if any(c.exact or c.strength >= 0.8 for c in self.library.directory.candidates(question)) and memory.pending:
            return None
        draft.add(say("noted", language))
        return Part("other")

    def _named_later(self, whole: Question, question: Question, memory: Memory) -> Memory:
        """ "Quel prix ? Et quelle durée ? C'est pour le cycle X." : the name holds for every part."""
        directory = self.library.directory
        own = [c for c in directory.candidates(question) if c.exact or c.strength >= 0.8]
        best = next((c for c in directory.candidates(whole) if c.exact or c.strength >= 0.8), None)
        return replace(memory, focus=(best.document,)) if best and not own else memory

    def _with_context(self, question: Question, memory: Memory, before: list[Part]) -> Question:
        """A part that names no aspect asks for the one of the turn before: "et pour le cycle X ?"."""
        previous: tuple[Aspect, ...] = before[-1].aspects if before else _last_aspects(memory)
        if not previous:
            return question
        question = replace(question, inherited=previous if question.follow_up else ())
        moved = question.follow_up or question.other or question.ordinal is not None or len(tokens(question.folded)) <= 5
        if not question.aspects and moved and not question.listing and not question.recommend and not question.comparison:
            return question.with_aspects(previous)
        if question.aspects[:1] == ("funding",) and previous[0] == "price" and _FRAGMENT.match(question.folded):
            return question.with_aspects(("price",))
        if question.aspects[:1] in (("audience",), ("eligibility",)) and previous[0] == "price" and re.match(r"et (?:pour|si)\b", question.folded):
            return question.with_aspects(("price",))
        return question

    def _pointed_at(self, question: Question, memory: Memory) -> str | None:
        """The document meant by "l'autre", "le premier", of those spoken of."""
        names = self.library.directory.names
        spoken = [d for turn in reversed(memory.turns) for d in turn.documents if d in names]
        if question.other:
            current = memory.focus[0] if memory.focus else (spoken[0] if spoken else None)
            return next((d for d in spoken if d != current), None)
        last = [d for d in memory.turns[-1].documents if d in names] if memory.turns else []
        if question.ordinal is not None and len(last) > 1 and question.ordinal < len(last):
            return last[question.ordinal]
        return None

    def _waited_for(self, text: str, memory: Memory, language: Language, draft: Draft) -> tuple[Memory, Part | None]:
        """The answer to a question that the assistant asked back; None when the person asks something else instead."""
        pending = memory.pending
        if not pending or not memory.turns:
            return memory, None
        question = understand(text, self.library.directory.words, language)
        if pending == "choose":
            chosen = self._chosen(question, memory)
            if chosen is None:
                return memory, None
            earlier = understand(memory.turns[-1].question, self.library.directory.words, language)
            asked = question if question.aspects and question.asks and "?" in text else earlier
            if not asked.aspects:
                asked = asked.with_aspects(_last_aspects(memory))
            return memory, self._responder.respond(asked, memory, draft, chosen)
        slot = pending.partition(":")[2]
        if not (pending.startswith("eligibility:") and memory.focus and replies(slot, question)):
            return memory, None
        if memory.focus[0] not in self.library.directory.names or self._names_another(question, memory):
            return memory, None
        memory = self._filled(slot, question, memory)
        return memory, self._responder.respond(question.with_aspects(("eligibility",)), memory, draft, memory.focus[0])

    def _names_another(self, question: Question, memory: Memory) -> bool:
        """Whether the message names another programme than the one in focus, by the words after its kind."""
        named = [c for c in self.library.directory.candidates(question) if c.exact]
        return bool(named) and named[0].document != memory.focus[0] and bool(asked_name(question.text))

    def _filled(self, slot: str, question: Question, memory: Memory) -> Memory:
        """The memory with the answer about a condition: in the profile where it has a field, in the person's words where not."""
        text, profile = question.text, memory.profile
        asked = asked_first(self.library.sheet(memory.focus[0]), profile, dict(memory.told))
        if slot in ("versant", "category"):
            profile = fill(profile, slot, text, self._today())
        elif slot in ("corps", "level") and len(text) < 120 and not _BARE.match(question.folded):
            profile = fill(profile, "role", text, self._today())
        keys = said_of(question) or {asked[1] if asked and asked[0] == slot else slot}
        told = {**dict(memory.told), **dict.fromkeys(keys, text[:200])}
        return replace(memory, profile=profile, told=tuple(told.items())[-_REMEMBERED_TOLD:])

    def _chosen(self, question: Question, memory: Memory) -> str | None:
        """Which of the programmes offered the person means."""
        offered = [d for d in memory.turns[-1].documents if d in self.library.directory.names]
        if question.ordinal is not None and question.ordinal < len(offered):
            return offered[question.ordinal]
        every = self.library.directory.candidates(question)
        if every and every[0].document not in offered and (every[0].exact or every[0].strength >= 0.8 or every[0].coverage >= 0.5):
            return every[0].document  # another programme, named outright
        candidates = [c for c in every if c.document in offered]
        if candidates and (len(candidates) == 1 or candidates[0].score > 1.05 * candidates[1].score):
            return candidates[0].document
        context = {d: n for d, n in self.library.directory.context_matches(question).items() if d in offered}
        if context:
            best = max(context.values())
            fitting = [d for d, n in context.items() if n == best]
            return fitting[0] if len(fitting) == 1 else None
        return None

    def _done(self, text: str, parts: list[Part], draft: Draft, memory: Memory) -> Done:
        said, citations = draft.finished()
        first = parts[0]
        documents = tuple(dict.fromkeys(d for p in parts for d in p.documents))
        about = next((p.documents[0] for p in parts if p.one), None)
        answer = Answer(
            question=text,
            text=said,
            intent=first.intent,
            abstained=all(p.abstained for p in parts),
            programme=self._ref(about) if about else None,
            citations=citations,
            eligibility=next((p.eligibility for p in parts if p.eligibility), None),
            suggestions=tuple(dict.fromkeys(s for p in parts for s in p.suggestions))[:3],
            cards=tuple(c for p in parts for c in p.cards),
            language=draft.language,
        )
        pending = next((p.pending for p in reversed(parts) if p.pending), None)
        focus = (about,) if about else (documents[:6] or memory.focus)
        remembered = _remember(replace(memory, focus=focus), text, answer, documents)
        return Done(answer, replace(remembered, pending=pending))

    def _ref(self, document: str) -> ProgrammeRef:
        """The document that is answered about; for one course of a page, the page."""
        page = self.library.page_of(document)
        return ProgrammeRef(page, self.library.title(page))


def _language(text: str, memory: Memory) -> Language:
    """The language of a message; a few words that are of neither, such as "category C", keep that of the turns before."""
    if len(tokens(text)) <= 6 and language_shown(text) is None:
        return next((shown for t in reversed(memory.turns) if (shown := language_shown(t.question))), "fr")
    return language_of(text)


def _checked(question: str) -> str:
    text = "".join(c for c in question if c.isprintable() or c in "\n\t").strip()
    if not re.search(r"\w", text):
        raise BadRequest(say("empty", "fr"))
    if len(text) > LONGEST:
        raise BadRequest(say("too_long", "fr"))
    return text


def _small_talk(text: str, language: Language) -> tuple[str, bool] | None:
    """(the fixed sentence, whether it is an abstention) for thanks, greetings, who are you, and fishing for secrets."""
    folded = fold(text)
    if _SECRETS.search(folded) or _TASKS.match(folded) or _OF_THE_WORLD.search(folded):
        return say("off_topic", language), True
    if _WHO.search(folded) or _HELLO.match(folded):
        return say("who", language), False
    if _THANKS.match(folded):
        return say("thanks", language), False
    return None


def _last_aspects(memory: Memory) -> tuple[Aspect, ...]:
    """What the latest turn that asked for anything asked for."""
    for turn in reversed(memory.turns):
        aspects = understand(turn.question).aspects
        if aspects:
            return aspects
    return ()


def _remember(memory: Memory, question: str, answer: Answer, documents: tuple[str, ...]) -> Memory:
    turn = Turn(question, answer.text, answer.intent, documents, answer.abstained)
    return replace(memory, turns=(*memory.turns, turn)[-_REMEMBERED:], pending=None)


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that end at spaces, so that a channel can show it as it comes."""
    start = 0
    for match in re.finditer(r"[.!?:\]]\s+|\n", text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield text[start:]
