"""A loopback Telegram: the Bot API over HTTP, with a small world of people and chats behind it.

Any unchanged bot library can talk to it: point its base URL at `Sandbox.url`. It is the demo's Telegram and the other
end of the tests and benchmarks; `bot.sandbox.zalo` puts a small Zalo beside it. It imports nothing of the bot and no
Telegram library, and never leaves the machine.

Not modelled, among what a bot might notice:
- Markdown parse modes, link previews, quotes in replies, replies across chats, polls, dice, games, payments, stories,
  inline mode, business accounts, checklists, channels (a channel as a sender is), linked discussion groups, usernames
  of chats, topics in private chats, General closed or hidden, custom emoji, web apps, ephemeral and rich messages;
- restrictions finer than a mute, slow mode, join requests, invite links, bans that end, rights of people (anybody may
  add a bot);
- file ids that differ from bot to bot or expire, sending a file by URL, thumbnails of video, real durations and sizes;
- adaptive limits that grow for repeat offenders; limits of the Bot API server itself, of setWebhook, of getUpdates
  called again at once (it shortens answers), of uploads; edits and topics are not limited unless `Limits.edits_count`;
- delivery of reactions of people, of deletions (Telegram has none), of a bot's own messages, of other bots' messages;
- privacy: a command without @name reaches every bot of a group; Telegram prefers the bot that spoke last;
- errors keep Telegram's sentences where they are known to this project, and its meaning elsewhere.
"""

from bot.sandbox.accounts import BotAccount
from bot.sandbox.callbacks import Press
from bot.sandbox.chats import Chat
from bot.sandbox.faults import Faults
from bot.sandbox.groups import Group
from bot.sandbox.limits import Limits
from bot.sandbox.people import Person
from bot.sandbox.pictures import sample_photo
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.seed import Ward, build_ward
from bot.sandbox.zalo import Zalo, build_zalo

__all__ = [
    "BotAccount",
    "Chat",
    "Faults",
    "Group",
    "Limits",
    "Person",
    "Press",
    "Sandbox",
    "Ward",
    "Zalo",
    "build_ward",
    "build_zalo",
    "sample_photo",
]
