"""What Zalo was seen to do in more than one way; a test chooses, at any moment."""

from dataclasses import dataclass

__all__ = ["Variations"]


@dataclass
class Variations:
    """The defaults are what was last measured on the wire; the documents' own way is the other one.

    wrapped: webhook bodies as {"ok", "result"} (documented) or bare (captured 2026-09-10).
    photo_key: "photo_url" (captured) or "photo" (documented). message_type: pictures and voice carry it (undocumented).
    error_status, idle_status, junk_status: an error, an idle poll (408) and a junk token (401) also as the HTTP status;
    otherwise HTTP 200 with ok false. media_lasts: seconds for which a media URL works (None: for ever).
    redirect_media: "" serves media at once, "here" redirects to this fake, anything else is where a redirect leads.
    quota: outbound messages before 429 (None: no end). quota_reached: 429 at once.
    probes: an empty POST before each event. poll_memory: seconds for which an event waits for the next poll.
    """

    wrapped: bool = False
    photo_key: str = "photo_url"
    message_type: bool = True
    error_status: bool = False
    idle_status: bool = False
    junk_status: bool = False
    media_lasts: float | None = None
    redirect_media: str = ""
    quota: int | None = None
    quota_reached: bool = False
    probes: bool = False
    poll_memory: float = 0.0
    webhook_tries: int = 3
