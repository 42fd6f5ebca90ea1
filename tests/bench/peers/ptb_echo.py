"""An echo bot on python-telegram-bot's Application: default settings, or so many updates at once (third argument)."""

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    await update.message.reply_text(update.message.text)


def main(url: str, token: str, at_once: str = "") -> None:
    builder = Application.builder().token(token).base_url(f"{url}/bot")
    if at_once:
        builder = builder.concurrent_updates(int(at_once))
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
