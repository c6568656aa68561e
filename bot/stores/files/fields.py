"""What each field of a digest file means, as an editor shows it to whoever writes one by hand."""

from __future__ import annotations

from collections.abc import Mapping

_EVIDENCE = "Numbers of the article's sentences that say it, counted from 1."

#: By the name of the part and the field's name in the file.
MEANINGS: Mapping[str, Mapping[str, str]] = {
    "Digest": {
        "format": "The version of this file's form: 1.",
        "id": "<published date>-<slug>-<8 hex digits>: of the SHA-256 of the canonical URL, or else of the text.",
        "article": "What identifies the article.",
        "headline": "In our own words, at most 120 characters.",
        "summary": "In our own words, at most 400 characters.",
        "why_it_matters": "Why a reader should care.",
        "key_points": "What the article says, most important first, in our own words.",
        "entities": "Every person, organisation, place, event and work that the article names.",
        "quotes": "Everything that someone is quoted with.",
        "figures": "Every number that matters.",
        "events": "What happened or will happen on a date.",
        "next": "What comes next.",
        "background": "What was known before.",
        "topics": "Slugs such as diplomacy or oil.",
        "made": "How this digest came to be.",
    },
    "ArticleFacts": {
        "url": "Where it can be read; left out where it has no address.",
        "title": "As published.",
        "outlet": "Who published it.",
        "byline": "Who wrote it, as printed.",
        "published": "When, with the offset of the outlet's time zone (RFC 3339).",
        "undated": "True where nobody tells when: published is then only when the text came, and is not shown.",
        "retrieved": "When it was fetched.",
        "language": "Of the article, as a BCP 47 tag such as en or pt-BR.",
        "sha256": "Of the article's sentences joined by newlines, in hexadecimal.",
        "sentences": "How many sentences the article has.",
        "supersedes": "The id of the digest of an earlier version that this article corrects.",
    },
    "Outlet": {"name": "As readers know it.", "domain": "Of its website, such as dw.com."},
    "Statement": {"text": "One sentence in our own words.", "evidence": _EVIDENCE},
    "DigestEntity": {
        "id": "A slug, the same in every digest that means the same entity.",
        "kind": "What it is.",
        "name": "Its usual name, spelt with its accents.",
        "aliases": "Other names and spellings, in any script.",
        "wikidata": "Its item, such as Q42, where it is known for certain.",
        "roles": "Offices and parts that the article states.",
        "relations": "How it stands to others of this digest.",
        "mentions": "Numbers of the sentences that name it, counted from 1.",
        "salience": "How much the article is about it, from 0 to 1.",
    },
    "Role": {
        "title": "Such as interim President of Venezuela.",
        "from": "Since when, where the article says so.",
        "until": "Until when, where the article says so; a role without it is held still.",
        "stated": "The day on which it was stated.",
        "evidence": _EVIDENCE,
    },
    "Relation": {
        "to": "The id of the other entity of this digest.",
        "as": "What the other is to this one (brother), or, ending in of, what this one is to the other (deputy of).",
        "evidence": _EVIDENCE,
    },
    "Quote": {
        "text": "Word for word, without the quotation marks around it.",
        "speaker": "The id of the entity that said it.",
        "about": "Ids of the entities it is about.",
        "context": "On what occasion or about what, in our own words.",
        "said": "When: YYYY, YYYY-MM or YYYY-MM-DD.",
        "evidence": _EVIDENCE,
    },
    "Figure": {
        "text": "As the article gives it.",
        "value": "As a number; null where the article is vague.",
        "unit": "Such as USD, people, percent, km.",
        "what": "What is counted or measured; the same words in later digests make figures comparable.",
        "stated_by": "The id of the entity that says so.",
        "evidence": _EVIDENCE,
    },
    "Event": {
        "date": "YYYY, YYYY-MM or YYYY-MM-DD; relative dates are resolved against the publication.",
        "precision": "How exactly the date is known.",
        "text": "One sentence in our own words.",
        "evidence": _EVIDENCE,
    },
    "Made": {
        "by": "hand, extractive/<version> or llm:<model>.",
        "at": "When.",
        "reviewed": "When a person read it and found it right.",
    },
}
