"""A broadcast through python-telegram-bot's AIORateLimiter: as it comes, or tuned (fourth argument).

`/phat` sends to every chat in the JSON file (third argument); anything else is a question, and is answered.
"""

import asyncio
import json
import sys
from pathlib import Path

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Application, ContextTypes, MessageHandler, filters

TEXT = "Cảnh báo: tin phát số {number}"
TUNED_RATE = 27  # messages a second, one by one: no burst, and room for the way's jitter
IN_FLIGHT = 30


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message.text.startswith("/phat"):
        context.application.create_task(broadcast(context))
    else:
        await update.message.reply_text(f"Trả lời: {update.message.text}")


async def broadcast(context: ContextTypes.DEFAULT_TYPE) -> None:
    gate = context.bot_data["gate"]

    async def send(number: int, chat: int) -> None:
        async with gate:
            try:
                await context.bot.send_message(chat, TEXT.format(number=number))
            except TelegramError:
                context.bot_data["lost"] = context.bot_data.get("lost", 0) + 1

    await asyncio.gather(*(send(number, chat) for number, chat in enumerate(context.bot_data["chats"])))


def main(url: str, token: str, chats: str, how: str) -> None:
    tuned = AIORateLimiter(overall_max_rate=1, overall_time_period=1 / TUNED_RATE, max_retries=5)
    limiter = tuned if how == "tuned" else AIORateLimiter()
    builder = Application.builder().token(token).base_url(f"{url}/bot").rate_limiter(limiter)
    application = builder.concurrent_updates(how == "tuned").build()
    application.bot_data["chats"] = json.loads(Path(chats).read_text())
    application.bot_data["gate"] = asyncio.Semaphore(IN_FLIGHT if how == "tuned" else 10_000)
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
