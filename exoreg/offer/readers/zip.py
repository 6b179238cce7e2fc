"""Zip archives opened with limits: nothing is trusted that the archive says of its own sizes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from .limits import Limits
from .reading import Unreadable

_CHUNK = 65_536
_MEGABYTE = 1_000_000
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)


def entry_names(data: bytes, limits: Limits) -> frozenset[str]:
    """The names in the archive. Raises `Unreadable` if its table of contents is broken or too long."""
    return frozenset(_opened(data, limits).namelist())


class Archive:
    """An archive whose entries are read within the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._zip = _opened(data, limits)
        self._limits = limits
        self._read = 0
        self.names: tuple[str, ...] = tuple(dict.fromkeys(self._zip.namelist()))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of an entry piece by piece. Raises `Unreadable` on damage or at a limit."""
        limits, size = self._limits, 0
        try:
            info = self._zip.getinfo(name)
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._read += len(chunk)
                    if size > limits.zip_entry or self._read > limits.zip_total:
                        raise Unreadable("expands beyond what is read")
                    if size > _MEGABYTE and size > limits.zip_ratio * max(info.compress_size, 1):
                        raise Unreadable(f"expands more than {limits.zip_ratio} times, as a zip bomb does")
                    yield chunk
        except KeyError:
            raise Unreadable("is missing from the archive") from None
        except _BROKEN as error:
            encrypted = isinstance(error, RuntimeError) and "password" in str(error)
            raise Unreadable("is encrypted" if encrypted else "is damaged") from error

    def content(self, name: str) -> bytes:
        """The whole content of an entry, with the same errors as `chunks`."""
        return b"".join(self.chunks(name))


def _opened(data: bytes, limits: Limits) -> zipfile.ZipFile:
    # The library builds an object for each entry as it opens; so look at the table's size before.
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise Unreadable("is a zip archive cut short or damaged")
    (directory,) = struct.unpack_from("<L", data, end + 12)
    # A second, 64-bit record would overrule that figure; no honest document is so large as to need one.
    if directory > limits.zip_directory or data[max(0, end - 20) :].startswith(b"PK\x06\x07"):
        raise Unreadable("is a zip archive with too many entries")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise Unreadable("is a zip archive cut short or damaged") from error
