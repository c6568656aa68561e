from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.extracted import Extracted, Refusal
from bot.sources.metadata import instant
from bot.sources.pages import article_of_page
from bot.sources.titles import without_site
from tests.sources.site import page

NOW = datetime(2026, 1, 13, 7, tzinfo=UTC)
URL = "https://wire.example/news/lake"
STORY = (
    "The lake above Ambry Gorge fell by six metres overnight, the water office said. Nobody was hurt.",
    "Engineers opened both gates on Friday after new cracks appeared in the wall of the old dam.",
    "“We will know what failed, and we will say it aloud,” said Ilse Tamm, the minister of works.",
    "About 4,200 people have left the lower town and wait in schools, in halls and with their families.",
)


def read(body: bytes, url: str = URL, charset: str = "") -> Extracted:
    """The article on a page."""
    return article_of_page(body, url, charset, NOW)


def described(**facts: object) -> str:
    """A page's head with JSON-LD."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle"} | facts
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def framed(story: str, labels: str = "Lakes") -> bytes:
    """A page with one paragraph between its labels, which the extractor makes one line of."""
    return (
        "<html><head><title>The lake falls by six metres</title></head><body><main><article><header><div><h4>News</h4>"
        "<h1>The lake falls by six metres</h1><p>The hopes of the town</p><div>By Ilse Tamm</div></div></header>"
        f"<div class='content'><p>{story}</p></div><div class='tags'>{labels}</div></article></main></body></html>"
    ).encode()


def refusal(body: bytes, url: str = URL) -> Refusal:
    """Why a page is refused."""
    with pytest.raises(Refusal) as caught:
        read(body, url)
    return caught.value


@pytest.mark.parametrize("name", ["U.S.", "Blogger", "World", "Hosted"])
def test_a_section_is_no_outlet(name: str) -> None:
    """What a template puts where the site's name belongs is not taken for it."""
    assert read(page("The lake falls by six metres", *STORY, head=described(publisher={"name": name}))).site != name


def test_writers_are_named_without_their_post() -> None:
    """Agency, post and day behind a writer's name are left out; a month or a photographer is no writer."""
    names = ["Jonas Roe, Associated Press", "ANA LIND, AP Sports Writer", "Ilse Tamm Monday, November 18", "November"]
    head = described(author=[{"name": name} for name in (*names, "Photo by Ola Berg")])

    assert read(page("The lake falls by six metres", *STORY, head=head)).byline == (
        "Jonas Roe",
        "ANA LIND",
        "Ilse Tamm",
    )


def test_marks_that_a_page_has_escaped_twice_part_no_name() -> None:
    """``&amp;#039;`` is an apostrophe."""
    head = '<meta name="author" content="Ana O&amp;#039;Roe">'

    assert read(page("The lake falls by six metres", *STORY, head=head)).byline == ("Ana O'Roe",)


def test_a_title_is_no_outlet() -> None:
    """A template that names the site by the title of the page has not named it."""
    head = '<meta property="og:site_name" content="The lake falls by six metres">'
    found = read(page("The lake falls by six metres", *STORY, head=head))

    assert (found.title, found.site) == ("The lake falls by six metres", "")


def test_who_owns_a_page_has_not_written_it() -> None:
    """A publisher's name where the author's belongs is no one's."""
    head = (
        '<meta name="author" content="Harbour Press"><meta name="copyright" content="Copyright (c) Harbour Press 2026">'
    )

    assert read(page("The lake falls by six metres", *STORY, head=head)).byline == ()


@pytest.mark.parametrize(
    "hiding",
    ["hidden", 'style="display:none"', 'style="font-size:0"', 'style="visibility: hidden"', 'style="left:-9999px"'],
)
def test_what_no_reader_sees_is_not_read(hiding: str) -> None:
    """Hidden words are not the article's, whoever put them there; a story that a script shows is."""
    planted = "The minister Ilse Tamm was arrested on Friday for selling the dam, the police of Ambry said."
    seen = page("The lake falls by six metres", *STORY).decode()
    body = seen.replace("</article>", f"<div {hiding}><p>{planted}</p></div></article>")
    shown_later = seen.replace("<article>", f"<article {hiding}>")

    assert planted in body
    assert all(planted not in " ".join(paragraph) for paragraph in read(body.encode()).paragraphs)
    if hiding == "hidden":
        assert len(read(shown_later.encode()).paragraphs) == len(STORY)


def test_a_page_that_a_script_shows_is_read_however_long_the_script() -> None:
    """A layout for one kind of screen is hidden until a script has seen it; the script's own text does not count."""
    shown_later = (
        page("The lake falls by six metres", *STORY).decode().replace("<main>", '<main style="display: none">')
    )
    body = shown_later.replace("<body>", f"<body><script>{'screen(1);' * 900}</script>")

    assert len(read(body.encode()).paragraphs) == len(STORY)


def test_a_stub_in_its_site_s_frame_is_no_article() -> None:
    """One sentence that the extractor glues to title and menu is as short as it is."""
    story = STORY[1].replace("the ", "<a href='x'>the</a> ", 1)

    assert "holds no article" in refusal(framed(story, "More from the author: lakes, dams and ships. " * 4)).what


def test_an_article_without_spaces_between_words_is_one() -> None:
    """However many figures and foreign names stand in it with spaces around."""
    story = ["湖水自六月以来下降了六米，镇上的船只已无法出港。", "镇长 Ilse Tamm 在周五说，大坝将于 2027 年重新开放。"]
    story += ["渔民说今年的收成不到去年的一半，许多人已经离开了小镇去别处谋生。"]

    assert {(line,) for line in story} <= set(read(page("湖水下降", *story)).paragraphs)


def test_lines_that_the_source_breaks_are_whole() -> None:
    """A line break in the source is a space: an editor's program may wrap a paragraph at eighty characters."""
    wrapped = ["<i>{} </i><span>{}</span><br>".format(*text.split(" ", 1)).replace(" ", "\n    ") for text in STORY]

    found = read(page("The lake falls by six metres", *wrapped))

    assert [" ".join(paragraph) for paragraph in found.paragraphs] == list(STORY)


def test_a_link_ends_no_line() -> None:
    """Text that stands bare in a box is parted where its lines break, not where it links."""
    linked = [text.replace(" the ", ' <a href="/topic">the</a> ', 1) for text in STORY]
    body = (
        "<html><head><title>The lake falls by six metres</title></head><body><div><ul><li>Home</li><li>News</li></ul>"
        f"<div><h1>The lake falls by six metres</h1></div><div>{'<br>'.join(linked * 2)}</div></div></body></html>"
    )

    assert [" ".join(paragraph) for paragraph in read(body.encode()).paragraphs] == list(STORY)


def test_a_short_story_is_not_glued_to_its_title() -> None:
    """Where the extractor makes one line of all, the paragraphs are told apart and the title stays out."""
    story = (
        "The lake above Ambry Gorge fell by six metres overnight, <a href='x'>the water office</a> said, and with it "
        "the hopes of the town, which had paid for the dam and for all of its boats."
    )

    lines = [" ".join(paragraph) for paragraph in read(framed(story)).paragraphs]

    assert lines == ["The hopes of the town", re.sub("<[^>]*>", "", story)]


def test_a_day_that_all_times_share_is_the_story_s() -> None:
    """A time beside the story dates it where no other says otherwise."""
    head = '<meta property="og:type" content="article">'
    timed = page("The lake falls", *STORY, head=head).replace(
        b"<body>", b'<body><time datetime="2026-01-10 05:07"></time>'
    )

    assert read(timed).published == datetime(2026, 1, 10, 5, 7, tzinfo=UTC)


def test_what_readers_comment_is_not_the_story() -> None:
    """Comments stay out, whatever software prints them."""
    comment = "I have fished in that lake for nine years and never once saw the gates of the dam open at night."
    body = page("The lake falls by six metres", *STORY).decode()
    body = body.replace("</article>", f'<ul><li><div class="forum-comment-content">{comment}</div></li></ul></article>')

    assert comment in body
    assert all(comment not in " ".join(paragraph) for paragraph in read(body.encode()).paragraphs)


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    """Paragraphs in the cells of a layout stay paragraphs; a table of values is still read as one."""
    told = "".join(f"<p>{text}</p>" for text in STORY * 2)
    body = (
        "<html><head><title>The lake falls by six metres overnight</title></head><body><table><tr><td>"
        f"<h1>The lake falls by six metres overnight</h1>{told}</td><td><p>Menu</p></td></tr></table></body></html>"
    )

    found = read(body.encode())

    assert [" ".join(paragraph) for paragraph in found.paragraphs][: len(STORY)] == list(STORY)


def test_a_page_becomes_an_article() -> None:
    """Title, text and what the publisher says of it; sentences by paragraph, without the page around them."""
    head = described(
        headline="Lake falls by six metres",
        author=[{"@type": "Person", "name": "By Jonas Roe"}, {"name": "Newsroom"}],
        publisher={"name": "Sample Wire"},
        datePublished="2026-01-12T22:30:00+01:00",
        inLanguage="en",
    )
    around = '<div class="newsletter-signup"><p>Sign up for our daily newsletter now.</p></div><footer>© 2026</footer>'

    found = read(page("Lake falls by six metres | Sample Wire", *STORY, head=head, around=around))

    assert (found.title, found.site, found.byline) == ("Lake falls by six metres", "Sample Wire", ("Jonas Roe",))
    assert (found.published, found.language) == (datetime(2026, 1, 12, 21, 30, tzinfo=UTC), "en")
    assert [" ".join(paragraph) for paragraph in found.paragraphs] == list(STORY)
    assert [len(paragraph) for paragraph in found.paragraphs] == [2, 1, 1, 1]


def test_meta_elements_are_heard_where_nothing_better_is() -> None:
    """Open Graph and plain meta elements give title, outlet, author and date."""
    head = "".join(
        f'<meta property="{name}" content="{value}">'
        for name, value in {
            "og:title": "Lake falls",
            "og:site_name": "Sample Wire",
            "author": "Jonas Roe and Ilse Moe",
            "article:published_time": "2026-01-12T08:00:00Z",
        }.items()
    )

    found = read(page("x", *STORY, head=head))

    assert (found.title, found.site, found.byline) == ("Lake falls", "Sample Wire", ("Jonas Roe", "Ilse Moe"))
    assert found.published == datetime(2026, 1, 12, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("claimed", "taken"),
    [
        ("https://wire.example/news/lake-falls", "https://wire.example/news/lake-falls"),
        ("/news/lake-falls", "https://wire.example/news/lake-falls"),
        ("https://www.wire.example/news/lake", "https://www.wire.example/news/lake"),
        ("https://other.example/news/lake", ""),
        ("https://wire.example.evil.example/news/lake", ""),
        ("https://wire.example/", ""),
        ("javascript:alert(1)", ""),
        ("https://user@wire.example/news/lake", ""),
        ("https://[", ""),
    ],
)
def test_a_page_speaks_for_its_own_site_alone(claimed: str, taken: str) -> None:
    """A canonical address is believed within the site; another site's article cannot be taken over."""
    assert read(page("Lake falls", *STORY, head=f'<link rel="canonical" href="{claimed}">')).canonical == taken


@pytest.mark.parametrize("date", ["2099-01-01T00:00:00Z", "1812-01-01", "yesterday", "0000-00-00", "9" * 40])
def test_impossible_dates_are_no_dates(date: str) -> None:
    """A date in the future, before the web or no date at all is not believed."""
    assert read(page("Lake falls", *STORY, head=described(datePublished=date))).published is None


def test_a_day_without_a_time_is_noon() -> None:
    """So that it is that day nearly everywhere."""
    assert instant("2026-01-10", NOW) == datetime(2026, 1, 10, 12, tzinfo=UTC)
    assert instant("Sat, 10 Jan 2026 09:00:00 +0100", NOW) == datetime(2026, 1, 10, 8, tzinfo=UTC)


def test_paid_articles_are_refused() -> None:
    """A beginning is no article: neither where the publisher marks it nor where the page asks for a subscription."""
    marked = page("Lake falls", *STORY, head=described(isAccessibleForFree="False"))
    asking = page("Lake falls", STORY[0], STORY[1], "To continue reading, log in or start your subscription today.")

    assert "keeps the rest for subscribers" in refusal(marked).what
    assert "asks to subscribe or log in" in refusal(asking).what


def test_a_free_article_marked_as_such_is_taken() -> None:
    """The mark alone refuses nothing: a whole text is a whole text."""
    whole = page("Lake falls", *(STORY * 4), head=described(isAccessibleForFree=False))

    assert len(read(whole).paragraphs) >= 4


@pytest.mark.parametrize(
    ("body", "url", "words"),
    [
        (page("Page not found", "The page you are looking for is not here. " * 8), URL, "error page or a check"),
        (page("Just a moment...", "Checking that you are a person before the page is shown. " * 5), URL, "check"),
        (page("Lake falls", "Watch the video."), URL, "holds no article"),
        (
            page("Sample Wire", *(f"Teaser {n}: the minister spoke of the lake and of {n} gates." for n in range(30))),
            "https://wire.example/",
            "front page|index",
        ),
        (b"", URL, "not an HTML page|holds no article"),
        (b"%PDF-1.7 \x00\x01\x02", URL, "not an HTML page|holds no article"),
        (page("Log", "word " * 70_000), URL, "no article is so long"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(body: bytes, url: str, words: str) -> None:
    """Error pages, checks for robots, videos, front pages, other files and books."""
    found = refusal(body, url)

    assert re.search(words, found.what)
    assert found.hint or found.unreadable


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16", "shift_jis"])
def test_the_header_says_how_bytes_are_read(charset: str) -> None:
    """Text comes out right in the charset of the header, and a wrong name does not stop it."""
    body = (
        page("Lake falls", *STORY)
        .decode()
        .replace("“", "«" if charset != "shift_jis" else "(")
        .replace("”", "»" if charset != "shift_jis" else ")")
    )

    found = read(body.encode(charset), charset=charset)

    assert "said Ilse Tamm, the minister of works." in " ".join(found.paragraphs[2])
    assert read(page("Lake falls", *STORY), charset="no-such-charset").title == "Lake falls"


def test_joined_words_and_typography_stay_as_they_are() -> None:
    """What is printed is kept: evidence must be found again in the original."""
    printed = (
        "President Nicolas Maduroand his wife said “no”, she said ”twice\u00a0over”, and that was\u00ad it — wasn’t it?"
    )

    found = read(page("Lake falls", *STORY, printed))

    last = "President Nicolas Maduroand his wife said “no”, she said ”twice over”, and that was it — wasn’t it?"
    assert found.paragraphs[-1] == (last,)


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Lake falls by six metres | Sample Wire", "Sample Wire", "Lake falls by six metres"),
        ("Lake falls by six metres - News - Sample Wire", "Sample Wire", "Lake falls by six metres - News"),
        ("Lake falls – but why?", "Sample Wire", "Lake falls – but why?"),
        ("Lake falls by six metres -- Sample Wire", "Sample Wire", "Lake falls by six metres"),
        ("湖水位、一晩で六メートル低下：見本新聞", "見本新聞", "湖水位、一晩で六メートル低下"),
        ("» Lake falls by six metres", "Sample Wire", "Lake falls by six metres"),
        ("Sample Wire", "Sample Wire", "Sample Wire"),
    ],
)
def test_a_title_is_freed_of_the_sites_name(title: str, site: str, expected: str) -> None:
    """Only the site's own name is cut, and only at the end."""
    assert without_site(title, site) == expected


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from('<>/="& abdivptmelinkscrh{}[]:,"'), max_size=600))
def test_any_page_ends_in_an_article_or_a_reason(markup: str) -> None:
    """Broken markup breaks nothing."""
    with suppress(Refusal):
        assert read(page("Lake falls", *STORY, head=markup, around=markup)).paragraphs


@pytest.mark.parametrize(
    ("head", "headings"),
    [
        (
            "The lake falls by six metres | Tales of Ambry",
            "<h1><a href='/'>Tales of Ambry</a></h1><h2>The lake falls</h2>",
        ),
        ("The lake falls by six metres: Tales", "<h1>Send a comment</h1>"),
        (
            "Tales of a Town: The lake falls by six metres",
            "<h1>Tales of a Town</h1><h3>The lake falls by six metres</h3>",
        ),
        ("Why the water went - The Ambry Dam Blog", "<h1>The lake falls by six metres, and why</h1>"),
    ],
)
def test_a_blogs_name_in_its_largest_letters_is_no_title(head: str, headings: str) -> None:
    """Where a page does not say what its title is, its headings and its head together do."""
    body = f"<html><head><title>{head}</title></head><body>{headings}<article>"
    body += "".join(f"<p>{line}</p>" for line in STORY) + "</article></body></html>"

    assert read(body.encode()).title.startswith(("The lake falls", "Why the water went"))


def test_a_page_whose_article_is_archived_is_refused() -> None:
    """What is left on it is of other articles; a long story may tell of an archive."""
    notice = "The article you requested has been archived."
    assert "there no more" in refusal(page("The lake falls", STORY[0], STORY[1], STORY[3], notice)).what
    assert read(page("The lake falls", *STORY * 4, notice)).paragraphs


def test_a_title_that_is_escaped_twice_is_read() -> None:
    """Marks that a template has escaped too often are marks."""
    escaped = "The lake &amp;amp;#039;falls&amp;amp;#039; by six metres"

    assert read(page(escaped, *STORY)).title == "The lake 'falls' by six metres"


def test_a_sites_name_is_short() -> None:
    """A title put in its place is none; a site's sections are no part of it."""
    sections = "The Ambry Wire | News of the Lake | Weather | Houses and Boats | Jobs"
    assert read(page("Lake falls", *STORY, head=described(publisher={"name": sections}))).site == "The Ambry Wire"

    title = "The lake above Ambry falls by six metres in one night, unlikely to rise again"
    assert read(page("Lake falls", *STORY, head=described(publisher={"name": title}))).site == ""


def test_a_title_is_no_sites_name() -> None:
    """What a page's title begins with, some readers of pages take for its site."""
    titled = "<html><head><title>Letters: the lake falls by six metres - Ambry Wire</title></head><body><article>"
    body = titled + "".join(f"<p>{line}</p>" for line in STORY) + "</article></body></html>"

    assert "lake" not in read(body.encode()).site


@pytest.mark.parametrize(
    "stated", ["Jo Roe says", "- Jo Roe", "Jo Roe; Aug. 18", "Jo Roe; Posted by", "Jo Roe; Jroe Com"]
)
def test_a_templates_words_are_no_writer(stated: str) -> None:
    """What stands around a writer's name is none."""
    assert read(page("Lake falls", *STORY, head=f'<meta name="author" content="{stated}">')).byline == ("Jo Roe",)


def test_the_address_tells_the_day_where_a_page_names_but_a_year() -> None:
    """A copyright's year is no day; the address's folders are."""
    body = page("The lake falls by six metres", *STORY, "© 2024 The Ambry Wire")

    found = read(body, "https://wire.example/2025/lakes/north-shore/03/09/fall.html")
    assert found.published == datetime(2025, 3, 9, 12, tzinfo=UTC)
    assert read(body, "https://wire.example/fall.html").published is None
