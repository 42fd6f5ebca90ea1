"""Echo bots of two libraries, written as their own documentation writes them, run unchanged against the sandbox."""

import asyncio

import aiogram
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.ext import Application, MessageHandler, filters

from bot.sandbox import sample_photo


async def aiogram_echo(cast):
    server = TelegramAPIServer.from_base(cast.sandbox.url)
    bot = aiogram.Bot(cast.bot.token, session=AiohttpSession(api=server))
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def echo(message):
        await message.send_copy(message.chat.id)

    try:
        await dispatcher.start_polling(bot, polling_timeout=1, handle_signals=False)
    finally:
        await bot.session.close()


async def test_an_aiogram_bot_echoes(cast):
    running = asyncio.create_task(aiogram_echo(cast))
    cast.an.says("xin chào 😀")
    cast.an.sends_photo(sample_photo(), caption="ảnh")
    chat = cast.an.chat_with()
    try:
        await cast.sandbox.wait_for(chat, lambda m: m["from"]["is_bot"] and m.get("text") == "xin chào 😀")
        await cast.sandbox.wait_for(chat, lambda m: m["from"]["is_bot"] and "photo" in m)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_python_telegram_bot_application_echoes(cast):
    async def echo(update, _context):
        if update.message.photo:
            file = await update.message.photo[-1].get_file()
            await update.message.reply_photo(bytes(await file.download_as_bytearray()))
        else:
            await update.message.reply_text(update.message.text)

    builder = Application.builder().token(cast.bot.token)
    builder = builder.base_url(f"{cast.sandbox.url}/bot").base_file_url(f"{cast.sandbox.url}/file/bot")
    application = builder.build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    chat = cast.an.chat_with()
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=1)
        try:
            cast.an.says("xin chào")
            cast.an.sends_photo(sample_photo(), caption="ảnh")
            await cast.sandbox.wait_for(chat, lambda m: m["from"]["is_bot"] and m.get("text") == "xin chào")
            await cast.sandbox.wait_for(chat, lambda m: m["from"]["is_bot"] and "photo" in m)
        finally:
            await application.updater.stop()
            await application.stop()


async def test_python_telegram_bot_reads_the_errors_it_knows(cast):
    bot = telegram.Bot(cast.bot.token, base_url=f"{cast.sandbox.url}/bot")
    basic = cast.sandbox.add_group("Tổ 9", cast.an, kind="group")
    basic.add_bot(cast.bot)
    new = basic.migrate()
    async with bot:
        with pytest.raises(telegram.error.ChatMigrated) as moved:
            await bot.send_message(basic.id, "x")
        assert moved.value.new_chat_id == new.id
        with pytest.raises(telegram.error.Forbidden, match="can't initiate"):
            await bot.send_message(cast.chi.id, "x")
        with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
            await bot.send_message(5, "x")
        album = [telegram.InputMediaPhoto(sample_photo(), caption="<b>một</b>", parse_mode="HTML") for _ in range(2)]
        sent = await bot.send_media_group(cast.group.id, album)
        assert len({message.media_group_id for message in sent}) == 1
        topic = await bot.create_forum_topic(cast.desk.id, "Tổ 5")
        await bot.send_message(cast.desk.id, "x", message_thread_id=topic.message_thread_id)
        assert (await bot.get_chat(cast.desk.id)).is_forum
        assert len(await bot.get_chat_administrators(cast.desk.id)) == 2


async def test_the_witness_sees_what_a_bot_does_wrong(cast):
    await cast.api("sendMessage", chat_id=cast.group.id, text="x", no_such_parameter=1)
    with pytest.raises(Exception, match="chat_id"):
        await cast.api("sendMessage", text="x")
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "x", "style": "no_such"}]]}
    await cast.api("sendMessage", chat_id=cast.group.id, text="x", reply_markup=keyboard, parse_mode="HTML")
    assert len(cast.witness.violations) >= 2
    cast.witness.violations.clear()
