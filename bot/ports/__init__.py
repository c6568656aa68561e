"""What the services need of the world, each a Protocol; adapters on floor 4 implement them.

Values cross these ports, never a library's objects. Instants are timezone-aware and in UTC.
"""

from bot.ports.articles import ArticleSource, Given, Page, PageMemory, SeenPage, Validators
from bot.ports.deliveries import Claimable, DeliveryLedger, FollowStore, SubscriptionStore
from bot.ports.feeds import FeedAnswer, FeedSource, FeedStore, FoundFeed
from bot.ports.permits import Fuse, Permit, PermitEnded, ask_to_write, permitted
from bot.ports.platforms import ChatPlatform, Payload, Posted
from bot.ports.stores import ArticleStore, Digester, DigestStore, Problem
from bot.ports.time import Clock, Timetable, elapsed

__all__ = [
    "ArticleSource",
    "ArticleStore",
    "ChatPlatform",
    "Claimable",
    "Clock",
    "DeliveryLedger",
    "DigestStore",
    "Digester",
    "FeedAnswer",
    "FeedSource",
    "FeedStore",
    "FollowStore",
    "FoundFeed",
    "Fuse",
    "Given",
    "Page",
    "PageMemory",
    "Payload",
    "Permit",
    "PermitEnded",
    "Posted",
    "Problem",
    "SeenPage",
    "SubscriptionStore",
    "Timetable",
    "Validators",
    "ask_to_write",
    "elapsed",
    "permitted",
]
