from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feeds import (
    FIRST_ENTRIES,
    LATEST,
    LONGEST_WAIT,
    MOST_ENTRIES,
    PAGE_ATTEMPTS,
    SOONEST,
    Choice,
    Entry,
    Feed,
    FeedDocument,
    Known,
    Waiting,
    after_answer,
    after_failure,
    choice_of,
    complaint,
    feed_id,
    postponed,
    queued,
    scheduled,
    settled,
)

NOW = datetime(2026, 1, 13, 7, tzinfo=UTC)
URL = "https://example.com/feed.xml"


def entry(
    n: int, *, id_: str = "id-{}", url: str = "https://example.com/{}", title: str = "A long headline, number {}"
) -> Entry:
    """The nth entry, published n minutes ago."""
    return Entry(id_.format(n), url.format(n), title.format(n), NOW - timedelta(minutes=n))


def feed(**more: object) -> Feed:
    """A feed that was added now."""
    return replace(Feed(feed_id(URL), URL, NOW, NOW), **more)  # type: ignore[arg-type] # fields of a feed


def document(*entries: Entry) -> FeedDocument:
    """A feed of those entries."""
    return FeedDocument("Sample Wire", "https://example.com/", entries, "hash")


def polled(before: Feed, *entries: Entry, now: datetime = NOW) -> tuple[Feed, Choice]:
    """The feed after an answer with those entries, and what of it is to be read."""
    answer = document(*entries)
    choice = choice_of(before, answer, now)
    return after_answer(before, answer, choice, now), choice


def test_the_first_run_takes_the_newest_few() -> None:
    """A feed's archive is known from then on and never read; the newest are read oldest first."""
    entries = [entry(n) for n in range(40)]

    after, first = polled(feed(), *reversed(entries))
    _, second = polled(after, *entries)

    assert [e.id for e in first.new] == [f"id-{n}" for n in reversed(range(FIRST_ENTRIES))]
    assert len(first.passed_over) == 40 - FIRST_ENTRIES
    assert (second.new, second.changed) == ((), ())


def test_a_flood_is_taken_bit_by_bit() -> None:
    """What one poll leaves is still new at the next."""
    after, _ = polled(feed(), entry(0))
    entries = [entry(n) for n in range(1, 2 * MOST_ENTRIES)]

    after, first = polled(after, *entries)
    _, second = polled(after, *entries)

    assert len(first.new) == MOST_ENTRIES
    assert {e.id for e in (*first.new, *second.new)} == {e.id for e in entries}


@pytest.mark.parametrize("churning", ["id", "url", "both"])
def test_an_entry_is_known_though_its_ids_change(churning: str) -> None:
    """Ids or addresses that differ in every answer do not make old entries new."""
    after, _ = polled(feed(), *(entry(n) for n in range(5)))
    for turn in range(1, 4):
        id_ = f"x-{turn}-{{}}" if churning in ("id", "both") else "id-{}"
        url = f"https://example.com/{{}}?session={turn}" if churning in ("url", "both") else "https://example.com/{}"
        after, choice = polled(after, *(entry(n, id_=id_, url=url) for n in range(5)))

        assert choice.new == ()


def test_tracking_parameters_make_no_new_entry() -> None:
    """The same page with another campaign tag is the same entry, even without an id and under a short title."""
    after, _ = polled(feed(), entry(1, id_="", title="Live", url="https://example.com/1?utm_source=rss"))

    _, choice = polled(after, entry(1, id_="", title="Live", url="https://EXAMPLE.com/1/?utm_source=atom#top"))

    assert choice.new == ()


def test_a_corrected_entry_is_read_again() -> None:
    """Another title or a later update within two days is looked at once more, each once."""
    after, _ = polled(feed(), *(entry(n) for n in range(6)))
    corrected = entry(3, title="A headline that was corrected")

    after, first = polled(after, *(entry(n) for n in range(3)), corrected)
    _, second = polled(after, *(entry(n) for n in range(3)), corrected)

    assert (first.new, first.changed) == ((), (corrected,))
    assert second.changed == ()


def test_a_feed_that_stamps_every_answer_is_not_read_again() -> None:
    """When all entries say they were updated just now, none is believed."""
    after, _ = polled(feed(), *(entry(n) for n in range(6)))

    _, choice = polled(after, *(replace(entry(n), updated=NOW) for n in range(6)))

    assert choice.changed == ()


def test_one_entry_listed_twice_is_one() -> None:
    """A feed that repeats an entry gives it once."""
    after, _ = polled(feed(), entry(0))

    _, choice = polled(after, entry(7), entry(7), entry(7, url="https://example.com/7?utm_medium=rss"))

    assert len(choice.new) == 1


@given(st.lists(st.integers(0, 400), max_size=60), st.lists(st.integers(0, 400), max_size=60))
def test_nothing_is_read_twice_and_nothing_missed(first: list[int], second: list[int]) -> None:
    """After any two answers, each entry of the second was chosen once in all, or passed over at the first run."""
    after, one = polled(feed(), *map(entry, first))
    after, two = polled(after, *map(entry, second))

    read = [e.id for e in (*one.new, *two.new)]
    left = {f"id-{n}" for n in {*first, *second}} - {*read, *(e.id for e in one.passed_over)}
    assert len(read) == len(set(read))
    assert not left or len(two.new) == MOST_ENTRIES


@given(st.binary(max_size=36 * 12).filter(lambda data: len(data) % 12 == 0), st.integers(0, 50))
def test_what_is_known_stays_known(records: bytes, n: int) -> None:
    """Adding entries keeps what was known and knows the new."""
    before = Known(records)

    after = before.plus([entry(n)])

    assert before.table().keys() <= after.table().keys()
    assert choice_of(feed(known=after, last_success=NOW), document(entry(n)), NOW).new == ()


def test_what_is_known_is_bounded() -> None:
    """Years of entries keep a feed's record within some tens of kilobytes, the newest kept."""
    known = Known()
    for start in range(0, 4000, 100):
        known = known.plus(entry(n) for n in range(start, start + 100))

    assert len(known.records) == 3000 * 12
    assert choice_of(feed(known=known, last_success=NOW), document(entry(3999)), NOW).new == ()


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.floats(0, 1))
def test_a_feed_is_asked_within_its_bounds(news: list[bool], chance: float) -> None:
    """Whatever it brings, the next try comes after SOONEST and before LATEST, give or take a tenth."""
    after = feed()
    for brought in news:
        after = scheduled(after, brought, NOW, chance)

        assert SOONEST * 0.9 <= after.next_try - NOW <= LATEST * 1.1


def test_news_is_followed_more_closely() -> None:
    """A feed that brings news is asked sooner, a silent one later."""
    silent = busy = feed(interval=timedelta(hours=1))
    for _ in range(5):
        silent, busy = scheduled(silent, False, NOW, 0.5), scheduled(busy, True, NOW, 0.5)

    assert busy.interval == SOONEST < timedelta(hours=1) < silent.interval


def test_chance_spreads_feeds_added_together() -> None:
    """Equal feeds do not come due at the same moment."""
    assert scheduled(feed(), False, NOW, 0.0).next_try < scheduled(feed(), False, NOW, 1.0).next_try


def test_a_server_may_ask_for_less() -> None:
    """Cache headers and the feed's own ttl put the next try off, but not for days."""
    hourly = scheduled(feed(), True, NOW, 0.5, fresh_for=timedelta(hours=1), ttl=timedelta(minutes=30))
    yearly = scheduled(feed(), True, NOW, 0.5, fresh_for=timedelta(days=365))

    assert hourly.next_try - NOW == timedelta(hours=1)
    assert yearly.next_try - NOW == LATEST


def test_failures_are_tried_again_ever_later() -> None:
    """Pauses grow to a day and no longer, never before the moment the server named; success ends them."""
    broken, pauses = feed(), []
    for _ in range(12):
        broken = after_failure(broken, "It is in trouble.", NOW, 0.5)
        pauses.append(broken.next_try - NOW)
    told = after_failure(feed(), "Later.", NOW, 0.0, retry_after=timedelta(hours=3))

    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (SOONEST, LONGEST_WAIT)
    assert told.next_try - NOW == timedelta(hours=3)
    assert after_answer(broken, None, None, NOW).failures == 0


def test_what_is_wrong_with_a_document_stays_wrong_while_it_stays() -> None:
    """An unchanged answer does not clear a document's fault; a document without one does."""
    faulty = after_answer(feed(), replace(document(entry(1)), fault="It is not well-formed."), Choice((), (), ()), NOW)
    unchanged = after_answer(faulty, None, None, NOW)

    assert (faulty.error, unchanged.error) == ("It is not well-formed.",) * 2
    assert after_answer(unchanged, document(entry(1)), Choice((), (), ()), NOW).error == ""


def test_what_is_gone_is_not_asked_again() -> None:
    """A feed that says it is gone for good is no longer active, and says so."""
    gone = after_failure(feed(), "It is gone.", NOW, 0.5, gone=True)

    assert gone.state == "gone"
    assert "remove it" in complaint(gone, NOW)


def test_a_page_is_given_up_in_the_end() -> None:
    """A page that never comes is tried a few times with growing pauses."""
    waiting: Waiting | None = Waiting(entry(1), 0, NOW)
    pauses = []
    while waiting is not None:
        before, waiting = waiting, postponed(waiting, NOW)
        pauses.append(waiting.next_try - NOW if waiting else None)

    assert len(pauses) == PAGE_ATTEMPTS
    assert before.attempts == PAGE_ATTEMPTS - 1
    assert pauses[:2] == [SOONEST * 2, SOONEST * 4]


def test_entries_wait_until_they_are_read() -> None:
    """What is chosen waits, no entry twice; what was read leaves, what failed stays for later."""
    choice = Choice((entry(1), entry(2)), (), ())
    waiting = queued(queued(feed(), choice, NOW), choice, NOW)
    first, second = waiting.waiting

    after = settled(waiting, first, filed=True, again=None)
    later = settled(after, second, filed=False, again=postponed(second, NOW))

    assert [w.entry.id for w in waiting.waiting] == ["id-1", "id-2"]
    assert (after.items, len(after.waiting)) == (1, 1)
    assert [w.attempts for w in later.waiting] == [1]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, ""),
        ({"error": "It is in trouble.", "failures": 3}, "It is in trouble (3 in a row, never read yet; next try"),
        ({"error": "It is not well-formed."}, "It is not well-formed."),
        ({"last_news": NOW - timedelta(days=90)}, "Nothing new since 2025-10-15."),
    ],
)
def test_a_feed_says_what_is_wrong(state: dict[str, object], words: str) -> None:
    """Its complaint is a sentence, and empty while all is well."""
    assert complaint(feed(**state), NOW).startswith(words)
    assert bool(complaint(feed(**state), NOW)) == bool(words)
