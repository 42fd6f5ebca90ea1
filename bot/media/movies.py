"""MP4, MOV and M4A: what may say where, when or by whom becomes zeroed `free` boxes, so that no offset moves.

ISO/IEC 14496-12 and Apple's QuickTime File Format. Boxes are kept by a list of what playing needs; all others go, known
or not. A track that is neither picture nor sound (GPS, motion, subtitles with telemetry) makes the whole file None: its
samples lie among the others. Not handled: bytes in `mdat` that belong to no track, but for the dashcams' `freeGPS`.
"""

from bot.media.boxes import Box, Boxes, BrokenError

_FILE = b""
_KEPT = {
    _FILE: b"ftyp moov mdat moof",
    b"moov": b"mvhd trak mvex",
    b"trak": b"tkhd edts mdia tapt",
    b"tapt": b"clef prof enof",
    b"edts": b"elst",
    b"mdia": b"mdhd hdlr minf",
    b"minf": b"vmhd smhd gmhd hdlr dinf stbl",
    b"gmhd": b"gmin",
    b"dinf": b"dref",
    b"stbl": b"stsd stts ctts cslg stsc stsz stco co64 stss",
    b"mvex": b"mehd trex",
    b"moof": b"mfhd traf",
    b"traf": b"tfhd tfdt trun",
}
_GRAMMAR = {parent: frozenset(children.split()) for parent, children in _KEPT.items()}
_CODEC = frozenset(b"avcC hvcC lhvC av1C vpcC dvcC dvvC esds d263 glbl colr pasp clap fiel btrt mdcv clli".split())
_CLOCKS = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_PLAYABLE = frozenset({b"vide", b"soun"})
_STILLS = frozenset(b"heic heix heim heis hevc hevx mif1 msf1 avif avis crx".split())
_DASHCAM_GPS = b"freeGPS "


def strip_movie(data: bytes) -> bytes | None:
    """The same movie or sound without metadata, byte for byte as long; None if it is broken or cannot be made clean."""
    if _DASHCAM_GPS in data:
        return None
    movie = _Movie(data)
    try:
        movie.clean(_FILE, 0, len(data))
    except (BrokenError, IndexError):
        return None
    return bytes(movie.boxes.data) if movie.is_whole else None


class _Movie:
    def __init__(self, data: bytes) -> None:
        self.boxes = Boxes(data)
        self._tracks = 0
        self._described = 0
        self._handler = b""  # of the track that is being cleaned

    @property
    def is_whole(self) -> bool:
        """Whether it has tracks, and each says how its samples are coded."""
        return 0 < self._tracks == self._described

    def clean(self, parent: bytes, start: int, end: int) -> None:
        """Cleans the boxes between two offsets; no kind of box may hold its own, so depth is bounded."""
        for box in self.boxes.within(start, end):
            if box.kind not in _GRAMMAR[parent]:
                self.boxes.free(box)
            elif box.kind in _GRAMMAR:
                self._enter(box)
            else:
                self._clean_leaf(parent, box)

    def _enter(self, box: Box) -> None:
        if box.kind == b"trak":
            self._tracks += 1
            self._handler = b""
        self.clean(box.kind, box.body, box.end)

    def _clean_leaf(self, parent: bytes, box: Box) -> None:
        self.boxes.check(box)
        if box.kind in _CLOCKS:
            self._clear_times(box)
        elif box.kind == b"hdlr":
            self._clean_handler(parent, box)
        elif box.kind == b"stsd":
            self._clean_samples(box)
        elif box.kind == b"dref":
            self._clean_sources(box)
        elif box.kind == b"ftyp":
            self._check_brands(box)

    def _check_brands(self, box: Box) -> None:
        """Refuses still pictures, which share the format, and names that are none."""
        brands = [bytes(self.boxes.data[at : at + 4]) for at in range(box.body, box.end, 4)]
        known = [brand.strip() for i, brand in enumerate(brands) if i != 1 and any(brand)]  # the second is a version
        if _STILLS.intersection(known) or not all(brand.isalnum() for brand in known):
            raise BrokenError

    def _clear_times(self, box: Box) -> None:
        self.boxes.zero(box.body + 4, box.body + (20 if self.boxes.data[box.body] else 12))

    def _clean_handler(self, parent: bytes, box: Box) -> None:
        """Learns what a track is (its handler in `mdia`), and erases the handler's maker and name."""
        if parent == b"mdia":
            self._handler = bytes(self.boxes.data[box.body + 8 : box.body + 12])
            if self._handler not in _PLAYABLE:
                raise BrokenError
        self.boxes.zero(box.body + 12, box.end)

    def _clean_samples(self, box: Box) -> None:
        """Erases the vendor, and of pictures the encoder's name, in every sample description."""
        self._described += bool(self._handler)  # a handler that comes later would be too late
        for entry in self.boxes.within(box.body + 8, box.end):
            self.boxes.zero(entry.body + 12, min(entry.body + 16, entry.end))
            if self._handler == b"vide":
                self._clean_picture(entry)

    def _clean_picture(self, entry: Box) -> None:
        self.boxes.zero(entry.body + 42, min(entry.body + 74, entry.end))
        for box in self.boxes.within(min(entry.body + 78, entry.end), entry.end):
            if box.kind not in _CODEC:
                self.boxes.free(box)

    def _clean_sources(self, box: Box) -> None:
        """Erases paths: samples lie in the file itself, and a Mac alias names disks and folders."""
        for entry in self.boxes.within(box.body + 8, box.end):
            self.boxes.zero(entry.body + 4, entry.end)
