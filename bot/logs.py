"""Logs carry ids and the names of errors, never what people wrote; nor a token."""

import logging
import re
import sys

TOKEN = re.compile(r"\b\d{3,}:[A-Za-z0-9_-]{8,}")


class Redact(logging.Filter):
    """The last guard: whatever looks like a bot token is struck out."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Strike out tokens; every record passes."""
        message = record.getMessage()
        if TOKEN.search(message):
            record.msg, record.args = TOKEN.sub("[token]", message), ()
        return True


def set_up_logs(level: str = "INFO") -> None:
    """One line an event on standard error; libraries only from WARNING, since they log URLs and bodies."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redact())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for room in ("bot", "handlers", "data"):
        logging.getLogger(room).setLevel(level)


def name_only(record: logging.LogRecord) -> bool:
    """A filter for a library's logger: of an error only name and place stay, as its sentence may quote a request."""
    error = record.exc_info[1] if record.exc_info else None
    record.msg, record.args = "something went wrong (%s at %s)", (type(error).__name__, error_place(error))
    record.exc_info = record.exc_text = None
    return True


def error_place(error: BaseException | None) -> str:
    """File and line where an error was raised: all that may be logged of it."""
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
