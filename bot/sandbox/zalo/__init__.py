"""A loopback Zalo Bot Platform: its Bot API over HTTP, with a small world of people and groups behind it.

`Zalo(sandbox)` joins a sandbox on the sandbox's own port: calls go to `{zalo.url}/bot{TOKEN}/{method}`. It was built
from dated transcriptions by third parties and no live call, so much of it is a guess. Grades: A two sources or more,
B one, C sources conflict, U unknown. Where facts conflict or are one observation, `Variations` switches between them.

Guesses (U unless said):
- a webhook that does not answer 2xx is tried `webhook_tries` times with growing delay, in order per chat, then lost;
- an event that finds no poll waiting is lost (B: three operators; a research note expects a queue: `poll_memory`);
- a second getUpdates ends the first as idle; getUpdates with a webhook set answers 400;
- an unknown chat_id, a chat that never wrote to the bot or a group that it left: 400 "chat not found";
- the webhook is verified by one POST with an empty body and the secret, called back to back with setWebhook;
- the quota counts outbound messages (C) and is never renewed; a sticker's event carries `sticker` and `url`;
- in a group a mention counts at the start of a text or caption only; voice and stickers arrive there only as replies;
- the sentences of errors are this project's own, but for "Quota exceeded" and "Request timeout".

The other way round from Zalo: webhooks, pictures and redirects that it follows are on loopback only.

Not modelled, among what a bot might notice:
- the daily caps of setWebhook and testWebhook (errorCode 426), the request rate, 50 people a bot, 3 groups a bot;
- markup and text_styles (accepted and shown as typed), the catalogue of stickers, sound in a voice message;
- people who block a bot, deleted accounts, ids of a person that differ from bot to bot;
- joining, leaving, editing, deleting, reactions and buttons: Zalo tells a bot nothing of them;
- the Official Account (OA) API, which is another platform.
"""

from bot.sandbox.zalo.accounts import ZaloBot
from bot.sandbox.zalo.chats import ZaloChat, ZaloGroup
from bot.sandbox.zalo.people import ZaloPerson
from bot.sandbox.zalo.seed import Neighbours, build_zalo
from bot.sandbox.zalo.variations import Variations
from bot.sandbox.zalo.world import Zalo

__all__ = ["Neighbours", "Variations", "Zalo", "ZaloBot", "ZaloChat", "ZaloGroup", "ZaloPerson", "build_zalo"]
