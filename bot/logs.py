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
