"""Zip files from outside (XLSX is one), measured before anybody opens what is in them."""

from typing import BinaryIO
from zipfile import BadZipFile, ZipFile


class TooMuchInside(Exception):
    """Unpacked it is larger than such a file can sensibly be."""


def measure(file: BinaryIO, *, most: int) -> None:
    """Raises TooMuchInside, or BadZipFile where it is none or lies about the size of its parts.

    What it says of itself is added up first. Then each part is unpacked piece by piece and thrown away, no further than
    it says: a part that holds more than that fails by its checksum.
    """
    with ZipFile(file) as archive:
        if sum(part.file_size for part in archive.infolist()) > most:
            raise TooMuchInside
        try:
            broken = archive.testzip()
        except Exception as problem:  # what cannot be unpacked breaks in many ways
            raise BadZipFile(type(problem).__name__) from problem
    if broken is not None:
        raise BadZipFile(broken)
