"""Stand-ins with the same ports as the real ones, small enough to be seen to be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.messages.actions import Ask, ask
from bot.messages.model import (
    Choice,
    Choices,
    Emphasis,
    Facts,
    Heading,
    Link,
    Message,
    Note,
    Paragraph,
    Plain,
    Quotation,
    Strong,
    plain,
)
from bot.ports import PermitEnded
from bot.services.catalogue import Answer, Request, Suggestion
from tests.samples import FULL


@dataclass(slots=True)
class FakeClock:
    """A clock that stands still until it is moved."""

    instant: datetime

    def now(self) -> datetime:
        """The instant it stands at."""
        return self.instant

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.instant += by


PEOPLE = {
    "delcy-rodriguez": ("Delcy Rodríguez", "interim President of Venezuela"),
    "jorge-rodriguez": ("Jorge Rodríguez", "head of the National Assembly"),
    "ilse-tamm": ("Ilse Tamm", "minister of works"),
    "donald-trump": ("Donald Trump", "President of the United States"),
}


@dataclass(slots=True)
class FakeCommands:
    """Answers a few commands from a handful of people and keeps every request.

    ``who`` knows :data:`PEOPLE` by id or name, ``brief`` shows the full sample, ``status`` fails unexpectedly while
    ``broken`` is set; any other command says what it was asked.
    """

    requests: list[Request] = field(default_factory=list)
    broken: bool = False

    async def answer(self, request: Request) -> Answer:
        """The answer, private unless it is the briefing."""
        self.requests.append(request)
        if self.broken:
            raise RuntimeError("the index fell over at /secret/path")
        match request.verb:
            case "who":
                return self._who(request)
            case "brief":
                return Answer(FULL, private=True, share=Ask("brief", share=True))
            case "status":
                return Answer(Message("Status", (Paragraph(plain("All is well.")),), "All is well.", "notice"), False)
            case _:
                return self._echo(request)

    async def suggest(self, request: Request, option: str, text: str) -> Sequence[Suggestion]:
        """People whose name holds ``text``, and nothing for options that take no name."""
        if option not in ("name", "by", "about"):
            return []
        wanted = text.casefold()
        found = [(id_, *rest) for id_, rest in PEOPLE.items() if wanted in rest[0].casefold()]
        return [Suggestion(name, id_, hint) for id_, name, hint in found]

    def _who(self, request: Request) -> Answer:
        asked = request.options["name"].casefold()
        ids = [id_ for id_, (name, _) in PEOPLE.items() if asked == id_ or asked in name.casefold()]
        if len(ids) != 1:
            picks = tuple(Choice(PEOPLE[i][0], Ask("who", (("name", i),), replace=True), PEOPLE[i][1]) for i in ids)
            words = f"{len(ids)} people are called {request.options['name']}."
            blocks = (Paragraph(plain(words)), Choices(picks, pick=True, prompt="Which one do you mean?"))
            return Answer(Message("Which one?", blocks[: 1 + bool(picks)], words, "choice"))
        name, role = PEOPLE[ids[0]]
        source = Link("Sample Wire, 9 Jan 2026", "https://example.com/wire/1")
        message = Message(
            name,
            (
                Heading(name, 1),
                Paragraph((Emphasis("person"), Plain(" · "), Strong(role), Plain(" as stated by "), source)),
                Quotation("We will meet face-to-face.", name, said="9 Jan 2026", sources=(source,)),
                Facts((("Also written", plain(ids[0])),)),
                Note((Plain("¹ "), source)),
                Choices(
                    (Choice("Timeline", ask("timeline", about=ids[0])), Choice("Quotes", ask("quotes", by=ids[0])))
                ),
            ),
            f"{name}, {role}",
        )
        return Answer(message, share=Ask("who", (("name", ids[0]),), share=True))

    def _echo(self, request: Request) -> Answer:
        words = " ".join([request.verb, *(f"{name}={value}" for name, value in request.options.items())])
        return Answer(Message("Asked", (Paragraph(plain(f"You asked: {words}")),), f"You asked: {words}"))


class Refusing:
    """A permit to send that has ended."""

    def ask(self) -> None:
        """It may not."""
        raise PermitEnded
