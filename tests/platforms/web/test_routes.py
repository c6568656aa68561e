"""What a browser and its script get over HTTP."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest

from bot.domain.places import Place
from bot.messages.actions import Ask, encode
from tests.platforms.web.conftest import Served
from tests.platforms.web.test_browse import article
from tests.samples import FULL, HOSTILE, THIN

pytestmark = pytest.mark.anyio

HERE = Place("web", "", "briefing")
SAY, PRESS = "/c/briefing/say", "/c/briefing/press"


async def test_the_front_page_is_the_first_channel(served: Served) -> None:
    """Whoever opens the address sees the briefing's channel."""
    response = await served.client.get("/", follow_redirects=True)
    assert response.url.path == "/c/briefing"
    assert "Nothing posted here yet" in response.text


async def test_a_briefing_is_on_the_page(served: Served) -> None:
    """What was sent is shown, with its thread, in the order it came, at the hour of the page's zone."""
    posted = await served.platform.send(HERE, served.platform.render(FULL)[0], "slot-1")
    await served.platform.send(HERE, served.platform.render(FULL.thread[0])[0], "slot-1-1", posted)
    page = (await served.client.get("/c/briefing")).text
    assert "The Ambry Gorge dam holds" in page
    assert "cracks found" in page
    assert "1 reply" in page
    assert ">08:00</time>" in page
    assert "Tuesday, 13 January 2026" in page


@pytest.mark.parametrize("path", ["/c/briefing", "/digests", "/c/none", "/static/page.css", "/metrics"])
async def test_every_answer_carries_the_policy(served: Served, path: str) -> None:
    """No page, file or error runs anything but our own files, nor can it be framed."""
    response = await served.client.get(path)
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "server" not in response.headers


async def test_no_page_holds_a_script_or_style(served: Served) -> None:
    """Everything that runs is a file of ours, also beside hostile messages."""
    await served.platform.send(HERE, served.platform.render(HOSTILE)[0], "slot-1")
    for path in ("/c/briefing", "/digests", f"/digests/{article().id}"):
        page = (await served.client.get(path)).text
        assert re.findall(r"<script[^>]*>", page) == ['<script type="module" src="/static/main.js">']
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:(?!alert)", page)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.0.2.1", ""])
async def test_a_strange_name_is_refused(served: Served, host: str) -> None:
    """A name that is not ours gets nothing: it may point here without our knowing."""
    response = await served.client.get("/c/briefing", headers={"Host": host})
    assert response.status_code == 421
    assert "briefing" not in response.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:80", "[::1]:8080", "lede.example", "LEDE.example:443"])
async def test_our_names_are_answered(served: Served, host: str) -> None:
    """The loopback's names and those that were set are ours, with any port."""
    assert (await served.client.get("/c/briefing", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1:1"])
async def test_a_strange_post_is_refused(served: Served, origin: str | None) -> None:
    """Another site's form reaches no command."""
    headers = {"Origin": origin} if origin else {}
    response = await served.client.post(SAY, data={"text": "/brief"}, headers=headers)
    assert response.status_code == 403
    assert served.commands.requests == []


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_large_body_is_refused(served: Served, chunked: bool) -> None:
    """More than a command can be is refused, whether its length is told or not."""
    body = b"text=" + b"a" * 40_000

    async def pieces() -> object:
        yield body

    headers = {"Origin": served.platform.url, "Content-Type": "application/x-www-form-urlencoded"}
    content = pieces() if chunked else body
    response = await served.client.post(SAY, content=content, headers=headers)  # type: ignore[arg-type]  # bytes of either kind
    assert response.status_code == 413
    assert served.commands.requests == []


async def test_a_command_without_script(served: Served) -> None:
    """A plain form leads back to the page, where the answer stands; nobody else sees it."""
    response = await served.post(SAY, script=False, text="/who Delcy")
    assert response.status_code == 303
    assert response.headers["location"].startswith("/c/briefing#a-token-")
    page = (await served.client.get("/c/briefing")).text
    assert "interim President of Venezuela" in page
    assert "Only you can see this" in page
    async with httpx.AsyncClient(base_url=served.platform.url, trust_env=False) as other:
        assert "interim President" not in (await other.get("/c/briefing")).text


async def test_a_command_with_script(served: Served) -> None:
    """The script gets the answer as a fragment and as words to read out."""
    told = (await served.post(SAY, text="/who Delcy")).json()
    assert told["text"] == "Delcy Rodríguez, interim President of Venezuela"
    assert f'id="{told["id"]}"' in told["html"]
    assert "You asked <code>/who Delcy</code>" in told["html"]
    assert not told["replaces"]


@pytest.mark.parametrize("text", ["Who is Delcy Rodríguez?", "/who Delcy", "/lede who Delcy", "/who name:Delcy"])
async def test_questions_in_many_forms(served: Served, text: str) -> None:
    """Plain words and commands ask the same."""
    assert "interim President" in (await served.post(SAY, text=text)).json()["text"]


async def test_a_completed_label_means_its_value(served: Served) -> None:
    """What completion wrote as a name is asked as the id it stands for."""
    labels, values = ["Delcy Rodríguez", "x"], ["delcy-rodriguez", "y"]
    await served.post(SAY, text="/who Delcy Rodríguez", label=labels, value=values)
    assert served.commands.requests[-1].options == {"name": "delcy-rodriguez"}


async def test_who_asks(served: Served) -> None:
    """One visitor is one actor, without rights; the language is the browser's."""
    served.client.headers["Accept-Language"] = "de-DE,de;q=0.9"
    await served.post(SAY, text="/help")
    await served.post(SAY, text="/help")
    one, two = served.commands.requests
    assert one.actor == two.actor
    assert not one.actor.may_change
    assert (one.place, one.locale) == (HERE, "de-DE")
    cookie = served.client.cookies.jar
    assert [(c.name, c.has_nonstandard_attr("HttpOnly"), c.get_nonstandard_attr("SameSite")) for c in cookie] == [
        ("lede_visitor", True, "strict")
    ]


async def test_a_forged_visitor_is_a_new_one(served: Served) -> None:
    """An id that we never made is not taken over."""
    served.client.cookies.set("lede_visitor", "<script>")
    await served.post(SAY, text="/help")
    assert served.commands.requests[0].actor.id.startswith("token-")


async def test_a_link_from_elsewhere_makes_no_stranger(served: Served) -> None:
    """A browser that comes from another site withholds its cookie; it is not given another."""
    response = await served.client.get("/c/briefing", headers={"Sec-Fetch-Site": "cross-site"})
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("text", ["/nonsense", "", "/who", "x" * 501, "\x00\x1b", "/who " + "é" * 400])
async def test_what_cannot_be_answered_is_told(served: Served, text: str) -> None:
    """Whatever is typed, the answer is a message."""
    told = (await served.post(SAY, text=text)).json()
    assert told["html"].startswith("<li")
    assert told["text"]


async def test_an_incident_has_a_number(served: Served) -> None:
    """An unexpected error is told by a number alone; what it was stays in the log."""
    served.commands.broken = True
    told = (await served.post(SAY, text="/brief")).json()
    assert "incident" in told["text"]
    assert "secret" not in json.dumps(told)


async def test_an_answer_for_everyone(served: Served) -> None:
    """An answer that is not private is posted in the channel."""
    told = (await served.post(SAY, text="/status")).json()
    assert told["id"].startswith("m-")
    async with httpx.AsyncClient(base_url=served.platform.url, trust_env=False) as other:
        assert "All is well." in (await other.get("/c/briefing")).text


async def test_sharing(served: Served) -> None:
    """A shared answer is everyone's, with its details, and no longer the asker's alone."""
    aside = (await served.post(SAY, text="/brief")).json()
    code = encode(Ask("brief", share=True))
    assert code in aside["html"]
    told = (await served.post(PRESS, action=code, aside=aside["id"].removeprefix("a-"))).json()
    assert told["id"].startswith("m-")
    assert told["remove"] == aside["id"]
    assert "cracks found" in told["html"]
    (thread,) = await served.log.page("briefing", 9)
    assert len(thread.replies) == 1
    assert aside["id"] not in (await served.client.get("/c/briefing")).text


async def test_choosing_replaces_the_question(served: Served) -> None:
    """The chosen candidate's card stands where the choice stood."""
    asked = (await served.post(SAY, text="/who Rodríguez")).json()
    code = encode(Ask("who", (("name", "jorge-rodriguez"),), replace=True))
    told = (await served.post(PRESS, action=code, aside=asked["id"].removeprefix("a-"))).json()
    assert told["replaces"]
    assert told["id"] == asked["id"]
    page = (await served.client.get("/c/briefing")).text
    assert "Which one do you mean?" not in page
    assert "head of the National Assembly" in page


async def test_nobody_replaces_what_everyone_sees(served: Served) -> None:
    """A button that replaces, pressed on a message of the channel, answers the presser alone."""
    await served.platform.send(HERE, served.platform.render(THIN)[0], "slot-1")
    code = encode(Ask("who", (("name", "jorge-rodriguez"),), replace=True))
    told = (await served.post(PRESS, action=code, aside="m-1")).json()
    assert told["id"].startswith("a-")
    assert not told["replaces"]
    assert "Nothing new since Monday." in (await served.client.get("/c/briefing")).text


@pytest.mark.parametrize("code", ["", "9:who:name=x", "1:nothing:", "1:who", "<script>"])
async def test_a_strange_button_is_told(served: Served, code: str) -> None:
    """A code that is not ours does nothing, and says what to do instead."""
    assert "another version" in (await served.post(PRESS, action=code)).json()["text"]
    assert served.commands.requests == []


async def test_a_button_works_after_a_restart(served: Served) -> None:
    """A button needs nothing that the process remembers."""
    code = encode(Ask("who", (("name", "ilse-tamm"),)))
    assert "minister of works" in (await served.post(PRESS, action=code, aside="forgotten")).json()["text"]


async def test_dismissing(served: Served) -> None:
    """A dismissed answer is gone, with script and without; another's is not touched."""
    for script in (True, False):
        aside = (await served.post(SAY, text="/who Delcy")).json()["id"]
        response = await served.post("/c/briefing/dismiss", script=script, dismiss=aside.removeprefix("a-"))
        assert response.status_code == (200 if script else 303)
        assert aside not in (await served.client.get("/c/briefing")).text
    aside = (await served.post(SAY, text="/who Delcy")).json()["id"]
    async with httpx.AsyncClient(base_url=served.platform.url, trust_env=False) as other:
        data = {"dismiss": aside.removeprefix("a-")}
        await other.post("/c/briefing/dismiss", data=data, headers={"Origin": served.platform.url})
    assert aside in (await served.client.get("/c/briefing")).text


async def test_completion(served: Served) -> None:
    """As one types, commands and then names are offered."""
    found = (await served.client.get("/c/briefing/complete", params={"text": "/who del"})).json()
    assert [(i["label"], i["value"], i["text"]) for i in found["items"]] == [
        ("Delcy Rodríguez", "delcy-rodriguez", "/who Delcy Rodríguez")
    ]


async def next_event(lines: object) -> dict[str, Any]:
    """The next message of a stream."""
    async for line in lines:  # type: ignore[attr-defined]  # an async iterator of lines
        if line.startswith("data: "):
            event: dict[str, Any] = json.loads(line.removeprefix("data: "))
            return event
    raise AssertionError("the stream ended")


async def test_new_messages_arrive_by_themselves(served: Served) -> None:
    """An open page is told of posts, replies and edits, whoever made them, and not of what it shows already."""
    await served.platform.send(HERE, served.platform.render(THIN)[0], "slot-0")
    path = f"/c/briefing/events?after={await served.log.last_change()}"
    async with served.client.stream("GET", path) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()
        posted = await served.platform.send(HERE, served.platform.render(FULL)[0], "slot-1")
        assert "The Ambry Gorge dam holds" in (await next_event(lines))["html"]
        await served.platform.send(HERE, served.platform.render(FULL.thread[0])[0], "slot-1-1", posted)
        assert "cracks found" in (await next_event(lines))["html"]
        await served.platform.edit(posted, served.platform.render(THIN)[0])
        assert "(edited)" in (await next_event(lines))["html"]
        await served.log.post("briefing", "by-another-process", served.platform.render(THIN)[0], served.clock.now())
        assert (await next_event(lines))["text"] == "Nothing new since Monday."


async def test_a_stream_goes_on_where_it_broke(served: Served) -> None:
    """A browser that reconnects is sent what it missed."""
    await served.platform.send(HERE, served.platform.render(THIN)[0], "slot-0")
    await served.platform.send(HERE, served.platform.render(FULL)[0], "slot-1")
    async with served.client.stream("GET", "/c/briefing/events?after=99", headers={"Last-Event-ID": "1"}) as stream:
        assert "Ambry" in (await next_event(stream.aiter_lines()))["html"]


async def test_a_deleted_log_starts_again(served: Served) -> None:
    """A page that has seen more than the log now holds is told of what is new all the same."""
    async with served.client.stream("GET", "/c/briefing/events?after=4711") as stream:
        await served.platform.send(HERE, served.platform.render(THIN)[0], "slot-0")
        assert (await next_event(stream.aiter_lines()))["id"] == 1


async def test_earlier_messages(served: Served) -> None:
    """A long conversation is shown page by page."""
    for n in range(35):
        await served.log.post("briefing", f"k{n}", {"html": f"<p>message {n}.</p>", "text": "x"}, served.clock.now())
    newest = (await served.client.get("/c/briefing")).text
    assert "message 34." in newest
    assert "message 4." not in newest
    before = re.search(r'href="\?before=(\d+)"', newest)
    assert before
    older = (await served.client.get(f"/c/briefing?before={before[1]}")).text
    assert [n for n in range(35) if f"message {n}." in older] == list(range(5))
    assert "Earlier messages" not in older


async def test_the_library(served: Served) -> None:
    """Digests are listed, found by words, and shown whole with the numbers of their evidence."""
    id_ = article().id
    assert "A bridge opens" in (await served.client.get("/digests")).text
    assert "A bridge opens" in (await served.client.get("/digests", params={"q": "lodz"})).text
    assert "No digest fits" in (await served.client.get("/digests", params={"q": "nothing"})).text
    assert "A bridge opens" not in (await served.client.get("/digests", params={"topic": "sea"})).text
    page = (await served.client.get(f"/digests/{id_}")).text
    assert "It cost little." in page
    assert f'href="/digests/{id_}/sentences/2"' in page


async def test_a_sentence_is_never_given_whole(served: Served) -> None:
    """A cited sentence is shown by its beginning, for the script and for a browser; others are not."""
    path = f"/digests/{article().id}/sentences"
    told = (await served.client.get(f"{path}/1", headers={"Accept": "application/json"})).json()
    assert told == {"number": 1, "words": "Łódź opened a bridge on …"}
    page = await served.client.get(f"{path}/1")
    assert "Łódź opened a bridge on …" in page.text
    assert "the mayor said" not in page.text
    for number in ("3", "0", "99"):
        assert (await served.client.get(f"{path}/{number}")).status_code == 404


async def test_numbers_lead_nowhere_without_the_article(served: Served) -> None:
    """Where the sentences are not kept, the numbers of the evidence are shown but open nothing."""
    path = f"/digests/{article('Ferry').id}"
    page = (await served.client.get(path)).text
    assert '<span class="cite">2</span>' in page
    assert "/sentences/" not in page
    assert (await served.client.get(f"{path}/sentences/1")).status_code == 404


@pytest.mark.parametrize("path", ["/c/none", "/digests/none", "/nothing", "/static/../app.py", "/static/none.css"])
async def test_what_is_not_there(served: Served, path: str) -> None:
    """An address without anything is told as such, with a way back."""
    response = await served.client.get(path)
    assert response.status_code == 404
    assert "Back to the briefing" in response.text


async def test_colours_are_remembered(served: Served) -> None:
    """The chosen colours hold on every page, and the form leads back to where it was used."""
    response = await served.post("/theme", script=False, theme="dark", back="/digests")
    assert response.headers["location"] == "/digests"
    assert '<html lang="en" data-theme="dark">' in (await served.client.get("/digests")).text
    await served.post("/theme", theme="nonsense")
    assert "data-theme" not in (await served.client.get("/digests")).text


async def test_probes(served: Served) -> None:
    """Probes come by address and are answered; trouble is 503 with its sentences."""
    stranger = {"Host": "10.0.0.7:8080"}
    assert (await served.client.get("/healthz", headers=stranger)).json() == {"status": "ok", "problems": []}
    assert (await served.client.get("/readyz", headers=stranger)).status_code == 200
    served.problems.append("The digests cannot be read.")
    ready = await served.client.get("/readyz", headers=stranger)
    assert ready.status_code == 503
    assert ready.json()["problems"] == ["The digests cannot be read."]


async def test_metrics(served: Served) -> None:
    """The registry's metrics are told, to our own names alone."""
    assert "sample_total 1.0" in (await served.client.get("/metrics")).text
    assert (await served.client.get("/metrics", headers={"Host": "evil.example"})).status_code == 421


async def test_other_routes_have_their_own_guard(served: Served) -> None:
    """A platform's signed requests come from elsewhere, under a public name, and may be larger."""
    body = "x" * 30_000
    response = await served.client.post("/slack/events", content=body, headers={"Host": "bot.example"})
    assert response.text == body
