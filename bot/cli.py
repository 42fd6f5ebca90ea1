"""The command line: `python -m bot demo | run | check | migrate | ward-code | backup | restore | ... | version`."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

os.environ.setdefault("PTB_TIMEDELTA", "true")  # before `telegram` is imported: retry_after without its deprecated form

from sqlalchemy.exc import SQLAlchemyError

from bot.config import ROOT, Settings, read_settings
from bot.errors import BinhYenError
from bot.logs import set_up_logs

Command = Callable[[Settings, argparse.Namespace], int]


def main(arguments: Sequence[str]) -> int:
    """Run a command; its exit status. What a person can mend is one line each, never a traceback."""
    options = parse(arguments)
    os.umask(0o077)  # what this bot writes is nobody else's to read
    set_up_logs()
    try:
        settings = read_settings()
        command = COMMANDS[options.command or default_command(settings)]
        return command(settings, options)
    except BinhYenError as error:
        for line in getattr(error, "faults", [str(error)]):
            print(line, file=sys.stderr)
        return 2
    except SQLAlchemyError as error:
        print(f"BINHYEN_DATABASE_URL: the database cannot be used ({type(error).__name__})", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.strerror or type(error).__name__}: {error.filename or ''}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command and its options."""
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("demo", help="a ward to try out, at http://127.0.0.1:8080; no token needed")
    commands.add_parser("run", help="the bot")
    commands.add_parser("check", help="settings, token, database, clock, disk: one line each")
    commands.add_parser("migrate", help="bring the database to this version")
    commands.add_parser("ward-code", help="make a code that registers one more ward")
    scams = commands.add_parser("scam-list", help="put the lines of a CSV file on a ward's list of confirmed scams")
    scams.add_argument("file", type=Path, help="kind,value,note; kind is phone, account, link or plate, or left out")
    scams.add_argument("--ward", default="", help="its name, or a part of it, where there are several")
    backup = commands.add_parser("backup", help="copy database and evidence, while the bot runs; never the key")
    backup.add_argument("to", nargs="?", type=Path, help="a file to make; default: backups/ in BINHYEN_VAR_DIR")
    restore = commands.add_parser("restore", help="put a backup back, while the bot does not run")
    restore.add_argument("from_file", type=Path)
    add_proofs(commands)
    handover = commands.add_parser("open-handover", help="open a hand-over file (.byhs); asks for its password")
    handover.add_argument("file", type=Path)
    handover.add_argument("to", nargs="?", type=Path, help="a folder to make; default: beside the file")
    commands.add_parser("version", help="which version this is")
    return parser.parse_args(arguments)


def add_proofs(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What can be proved of what is kept."""
    audit = commands.add_parser("audit", help="verify: that no audit line was changed, taken out or cut off")
    audit.add_argument("act", choices=["verify"])
    audit.add_argument("--against", help="a backup, or the mark that an earlier `audit verify` printed")
    evidence = commands.add_parser("evidence", help="verify: that every file is what was received")
    evidence.add_argument("act", choices=["verify"])


def default_command(settings: Settings) -> str:
    """Without a token there is nothing to run but the demo."""
    return "run" if settings.platforms else "demo"


def demo(settings: Settings, _options: argparse.Namespace) -> int:
    """Open the sandbox."""
    from bot.demo import run_demo

    asyncio.run(run_demo(settings))
    return 0


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Run the bot until SIGTERM."""
    from bot.app import App

    if not settings.platforms:
        from bot.checks import NO_PLATFORM

        print(f"{NO_PLATFORM}, or try `python -m bot demo`", file=sys.stderr)
        return 2
    asyncio.run(serve(App, settings))
    return 0


async def serve(build: "Callable[[Settings], object]", settings: Settings) -> None:
    """Build the app inside the loop it will live in, and serve."""
    await build(settings).serve()  # type: ignore[attr-defined]


def check(settings: Settings, _options: argparse.Namespace) -> int:
    """Say of each thing whether it is well, and how to mend it."""
    from bot.checks import run_checks

    results = asyncio.run(run_checks(settings))
    for result in results:
        print(result.line)
    return 0 if all(result.ok for result in results) else 1


def migrate_now(settings: Settings, _options: argparse.Namespace) -> int:
    """Migrate."""
    from data.migrate import migrate

    done = migrate(settings.database_url, settings.var_dir / "backups")
    print("migrated" if done else "nothing to do")
    return 0


def ward_code(settings: Settings, _options: argparse.Namespace) -> int:
    """Make a setup code."""
    from bot.maintenance import make_ward_code

    print(make_ward_code(settings))
    return 0


def scam_list(settings: Settings, options: argparse.Namespace) -> int:
    """Read a list of scams."""
    from bot.maintenance import import_scams

    print(import_scams(settings, options.file, options.ward))
    return 0


def backup(settings: Settings, options: argparse.Namespace) -> int:
    """Copy everything but the key."""
    from bot.maintenance import back_up

    print(back_up(settings, options.to))
    return 0


def restore(settings: Settings, options: argparse.Namespace) -> int:
    """Put a backup back."""
    from bot.maintenance import restore_from

    print(restore_from(settings, options.from_file))
    return 0


def verify_audit(settings: Settings, options: argparse.Namespace) -> int:
    """Prove the audit."""
    from bot.proofs import prove_audit

    whole, line = prove_audit(settings, options.against)
    print(line)
    return 0 if whole else 1


def verify_evidence(settings: Settings, _options: argparse.Namespace) -> int:
    """Prove the evidence."""
    from bot.proofs import prove_evidence

    whole, lines = prove_evidence(settings)
    print("\n".join(lines))
    return 0 if whole else 1


def open_handover(_settings: Settings, options: argparse.Namespace) -> int:
    """Unpack a hand-over file."""
    from getpass import getpass

    from bot.binder import unpack
    from bot.parcels import open_parcel

    password = getpass("Mật khẩu / password: ") if sys.stdin.isatty() else sys.stdin.readline()
    content = open_parcel(options.file.read_bytes(), password)
    for file in unpack(content, options.to or options.file.with_suffix("")):
        print(file)
    return 0


def show_version(_settings: Settings, _options: argparse.Namespace) -> int:
    """Say which version this is."""
    print(this_version())
    return 0


def this_version() -> str:
    """The version in pyproject.toml, installed or not."""
    try:
        return version("binhyen")
    except PackageNotFoundError:
        import tomllib

        return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


COMMANDS: dict[str, Command] = {
    "demo": demo,
    "run": run,
    "check": check,
    "migrate": migrate_now,
    "ward-code": ward_code,
    "scam-list": scam_list,
    "backup": backup,
    "restore": restore,
    "audit": verify_audit,
    "evidence": verify_evidence,
    "open-handover": open_handover,
    "version": show_version,
}
