"""Bytes: variable-length numbers, compressed blocks, and packs of blocks in files of a bounded size.

A block is what a browser reads at once: compressed by itself, so that it can be asked for alone (an HTTP range),
and packed with its neighbours into files, so that there are few of them. Nothing here knows what is in a block.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from array import array
from collections.abc import Collection, Iterable
from pathlib import Path

LIMITS = {"t": 32_000, "x": 128_000, "p": 256_000, "page": 2048, "unit": 256, "block": 128, "folder": 256}
"""Bytes of the files of terms, texts and positions; articles whose text sizes are read at once; what sizes of texts,
and of blocks of terms, are multiples of, so that the tables of sizes are small; files of a kind in a folder."""
FAST = 5
"""Compression of what is large and read in small parts: level 9 takes thrice the time for one byte in a hundred."""
MOST_PADDING = 65_000
"""Bytes: what gzip's field for extra data can take, less a unit."""
_BITS, _MORE = 7, 0x80
_GZIP_HEADER, _FEXTRA = 10, 4
_HEADER = gzip.compress(b"", mtime=0)[:_GZIP_HEADER]


SWAPPED = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ایکرنہےوستملپدںبگجعٹفقچشخئھآزحصطضظغڑذثڈؤ۔،ءۂةۃىيكهًُ",
)
"""Letters that change places in texts: the frequent ones take one byte of UTF-8 then, and texts a fifth less room."""
_PAIRS = str.maketrans("".join(SWAPPED), "".join(reversed(SWAPPED)))
_SWAP = "".join(chr(_PAIRS.get(code, code)) for code in range(max(_PAIRS) + 1))
"""A string is looked up faster than a mapping, and what is beyond its end stays as it is."""

_COMMON = (
    "".join(map(chr, range(128)))
    + SWAPPED[1]
    + (
        "ژ\u064e۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩أإۓۀؑؐؒ؟؛٪٫٬ٰٖٕٔٗٓ\u064c\u064d\u0650\u0651\u0652\u00a0\u200b\u200c\u200d\u200e\u200f"
        "‘’“”–—…«»•·°×£€ﷺ©\u0613\u0614\u0640\u066d\u0674\ufdf2\ufe85"
    )
)
"""What nearly all articles consist of: no more than 256 characters."""
_CODES = codecs.charmap_build(_COMMON.ljust(256, "\ufffe"))
_COMMON_SWAPPED = _COMMON.translate(_SWAP)


def swapped(text: str) -> str:
    """Return a text with `SWAPPED` letters in each other's place; doing it twice gives the text.

    The way by single bytes, which most texts can go, takes half as long as `str.translate`.

    >>> swapped("کل b"), swapped(swapped("کل b")), swapped("ایŁ")
    ('cl ی', 'کل b', 'abŁ')
    """
    try:
        codes, _ = codecs.charmap_encode(text, "strict", _CODES)
    except UnicodeEncodeError:
        return text.translate(_SWAP)
    return codecs.charmap_decode(codes, "strict", _COMMON_SWAPPED)[0]


def varint(number: int) -> bytes:
    r"""Return a number in as few bytes as it needs, seven bits each, the lowest first.

    >>> varint(5), varint(300)
    (b'\x05', b'\xac\x02')
    """
    out = bytearray()
    while number >= _MORE:
        out.append(number & 0x7F | _MORE)
        number >>= _BITS
    out.append(number)
    return bytes(out)


SMALL: tuple[bytes, ...] = tuple(varint(number) for number in range(1 << 12))
"""The bytes of small numbers, which are most of them."""


def varints(numbers: Collection[int]) -> bytes:
    """Return numbers one behind the other."""
    try:
        return b"".join(map(SMALL.__getitem__, numbers))
    except IndexError:
        return b"".join([SMALL[number] if number < len(SMALL) else varint(number) for number in numbers])


def sections(*parts: bytes | bytearray) -> bytes:
    """Return several byte strings in one, each behind its length."""
    return b"".join(varint(len(part)) + part for part in parts)


def compress(block: bytes, level: int = 9) -> bytes:
    """Return a block as the browser's DecompressionStream reads it; the same bytes on every run."""
    return gzip.compress(block, compresslevel=level, mtime=0)


def compress_numbers(block: bytes) -> bytes:
    """Return a block of numbers, compressed.

    They repeat by chance only, so nobody looks for repeats: a thirtieth smaller than with them, in half the time.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS, strategy=zlib.Z_HUFFMAN_ONLY)
    return packer.compress(block) + packer.flush()


def compress_unlike(text: bytes, *numbers: bytes) -> bytes:
    """Return a text and byte strings of another kind in one compressed block, each with codes of its own.

    Deflate gives a stretch of input one set of codes; text, steps and impacts share hardly any, so each is ended where
    it ends: a tenth smaller than in one stretch. The last, impacts, repeat by chance only, so nobody looks for repeats.
    """
    *some, last = (text, *numbers)
    packer = zlib.compressobj(7, zlib.DEFLATED, -zlib.MAX_WBITS, 9)  # 9 takes half as long again, for one in a thousand
    plain = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_HUFFMAN_ONLY)
    packed = b"".join(packer.compress(part) + packer.flush(zlib.Z_BLOCK) for part in some)
    packed += packer.flush(zlib.Z_SYNC_FLUSH) + plain.compress(last) + plain.flush()
    whole = b"".join((*some, last))
    return _HEADER + packed + zlib.crc32(whole).to_bytes(4, "little") + len(whole).to_bytes(4, "little")


def room(sizes: Iterable[int], unit: int) -> int:
    """Return the least multiple of `unit` that blocks of these sizes can be padded to.

    >>> room((100, 255), 256), room((256,), 256)
    (512, 256)
    """
    sizes = tuple(sizes)
    size = -(-max(sizes) // unit) * unit
    return size + unit if size - 1 in sizes else size  # the padding's own length takes two bytes


def pad(packed: bytes, size: int) -> bytes:
    """Return a compressed block with so much behind its header that it has this size.

    Sizes that are multiples of a unit make a small table. The padding stands in gzip's field for extra data, which
    unpackers skip.
    """
    padding = size - len(packed)
    if not padding:
        return packed
    header = bytearray(packed[:_GZIP_HEADER])
    header[3] |= _FEXTRA
    return bytes(header) + (padding - 2).to_bytes(2, "little") + bytes(padding - 2) + packed[_GZIP_HEADER:]


class Pack:
    """Blocks one behind the other, in files no larger than a limit (unless one block is).

    The reader finds a block by the same rule from the blocks' sizes: a block that does not fit begins a new file.
    """

    def __init__(self, folder: Path, name: str, limit: int) -> None:
        self._folder = folder
        self._name = name
        self._limit = limit
        self._open = bytearray()
        self._file = 0
        self.sizes: array[int] = array("I")
        self.files: array[int] = array("I")
        """Number of the file that every block is in."""
        self.offsets: array[int] = array("I")

    def add(self, block: bytes) -> None:
        """Append a block, compressed already."""
        if self._open and len(self._open) + len(block) > self._limit:
            self.close()
            self._file += 1
        self.sizes.append(len(block))
        self.files.append(self._file)
        self.offsets.append(len(self._open))
        self._open += block

    def close(self) -> None:
        """Write what has not been written."""
        further = self._file // LIMITS["folder"]
        folder = self._folder / str(further) if further else self._folder
        folder.mkdir(exist_ok=True)
        (folder / f"{self._name}{self._file}.bin").write_bytes(self._open)
        self._open.clear()
