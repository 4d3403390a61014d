"""What servers send where audio should be, and what it is."""

import gzip
import io
import random
import sqlite3
import struct
import tarfile
import zipfile
from base64 import b64encode

from playhead.core.errors import Instead

NOISE = random.Random(7).randbytes


def _zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.mp3", NOISE(300))
    return target.getvalue()


def _tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return target.getvalue()


def _database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table x (y)")
    content = connection.serialize()
    connection.close()
    return content


def wave(data: bytes, *before: bytes, size: int | None = None, after: bytes = b"") -> bytes:
    """A WAV file of 8 kHz with these chunks before its sound, whose size may be told wrongly."""
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16_000, 2, 16)
    told = len(data) if size is None else size
    body = b"WAVE" + form + b"".join(before) + b"data" + struct.pack("<I", told) + data + after
    return b"RIFF" + struct.pack("<I", len(body)) + body


def chunk(name: bytes, content: bytes) -> bytes:
    """A part of a WAV file."""
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


PAGE = "<html><head><title>Sign in</title></head><body>Your session has expired, José.</body></html>"
SORRY = "Recording not available. Désolé, l’enregistrement n’existe pas."
RUSSIAN = "Запись недоступна. Срок действия ссылки истёк, обратитесь к администратору."
LONG = "One line of a long log, and another. " * 3000

KNOWN: dict[str, tuple[bytes, Instead]] = {
    "nothing": (b"", "nothing"),
    "OK": (b"OK", "text"),
    "null": (b"null", "text"),
    "a line": (b"Recording not available", "text"),
    "access denied": (b"Access denied. Your link has expired.\r\n", "text"),
    "a long text": (LONG.encode(), "text"),
    "JSON": (b'[{"error":"expired"}]', "text"),
    "a JSON text": (b'"expired"', "text"),
    "an object": (b'{"code": 404, "message": "no such thing"}', "text"),
    "XML": (b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "text"),
    "SOAP": (b"<soap:Envelope xmlns:soap='x'><soap:Body/></soap:Envelope>", "text"),
    "CSV": (b"id,when,who\n1,2026-01-01,Ann\n2,2026-01-02,Bob\n", "text"),
    "base64": (b64encode(NOISE(20_000)), "text"),
    "a form": (b"--x\r\nContent-Type: text/plain\r\n\r\nnothing\r\n--x--", "text"),
    "a playlist": (b"#EXTM3U\n#EXTINF:10,\nhttps://media.example.com/a.ts\n", "text"),
    "subtitles": (b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n", "text"),
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + SORRY.encode(), "text"),
    "UTF-16": (SORRY.encode("utf-16"), "text"),
    "UTF-16, the other way": (b"\xfe\xff" + SORRY.encode("utf-16-be"), "text"),
    "UTF-16 without a mark": (SORRY.encode("utf-16-le"), "text"),
    "UTF-16 without a mark, the other way": (SORRY.encode("utf-16-be"), "text"),
    "UTF-32": (SORRY.encode("utf-32"), "text"),
    "Latin-1": (SORRY.replace("’", "'").encode("latin-1"), "text"),
    "Windows": (SORRY.encode("cp1252"), "text"),
    "Greek": ("Η ηχογράφηση δεν είναι διαθέσιμη".encode(), "text"),
    "Chinese": ("录音不可用，请稍后再试。".encode(), "text"),
    "signs and joined signs": ("👩\u200d💻 weg, \u202bאין הקלטה\u202c \u2003ok".encode(), "text"),
    "text that looks like a tag of MP3": (b"ID3 tags cannot be read from this recording, sorry.", "text"),
    "text that begins as Ogg": (b"OggS is what you would have got here.", "text"),
    "a page": (PAGE.encode(), "page"),
    "a page in Latin-1": (PAGE.encode("latin-1"), "page"),
    "a page in UTF-16": (PAGE.encode("utf-16"), "page"),
    "a page in Japanese": ("<html><body>録音はありません</body></html>".encode("shift-jis"), "page"),
    "a head": (b"<head><title>x</title></head>", "page"),
    "a comment and a page": (b"<!-- cached --><html><body>x</body></html>", "page"),
    "a comment without end": (b"<!-- " + b"x" * 9000, "page"),
    "a doctype": (b"\n\n  <!DOCTYPE html><p>Sorry", "page"),
    "GIF": (b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + NOISE(100), "picture"),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + NOISE(100), "picture"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + NOISE(5000), "picture"),
    "WebP": (b"RIFF\x00\x10\x00\x00WEBPVP8 " + NOISE(100), "picture"),
    "HEIC": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + NOISE(100), "picture"),
    "BMP": (b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00" + NOISE(100), "picture"),
    "SVG": (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "picture"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + NOISE(500), "document"),
    "RTF": (b"{\\rtf1\\ansi Not available}", "document"),
    "PostScript": (b"%!PS-Adobe-3.0\n%%Title: x\n", "document"),
    "Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE(600), "document"),
    "ZIP": (_zip(), "archive"),
    "gzip": (gzip.compress(SORRY.encode()), "archive"),
    "tar": (_tar(), "archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04" + NOISE(200), "archive"),
    "RAR": (b"Rar!\x1a\x07\x01\x00" + NOISE(200), "archive"),
    "xz": (b"\xfd7zXZ\x00\x00\x04" + NOISE(100), "archive"),
    "ELF": (b"\x7fELF\x02\x01\x01\x00" + NOISE(600), "program"),
    "a Windows program": (
        b"MZ" + bytes(58) + struct.pack("<I", 128) + bytes(64) + b"PE\x00\x00" + NOISE(500),
        "program",
    ),
    "a font": (b"\x00\x01\x00\x00\x00\x0f\x00\x80\x00\x03\x00\x70GDEF" + NOISE(500), "file"),
    "a web font": (b"wOF2\x00\x01\x00\x00" + NOISE(500), "file"),
    "SQLite": (_database(), "file"),
    "noise of a few bytes": (b"\x01\x9f\x00\x80", "scrap"),
    "a WAV head": (wave(b""), "soundless"),
    "a WAV head that tells of sound": (wave(b"", size=16_000), "soundless"),
    "a WAV head with notes behind no sound": (
        wave(b"", after=chunk(b"LIST", b"INFOISFT\x04\x00\x00\x00abc\x00")),
        "soundless",
    ),
    "half a WAV head": (wave(b"")[:30], "soundless"),
    "the first word of WAV": (b"RIFF\x00\x10\x00\x00WAVE", "soundless"),
    "a tag of MP3 without sound": (b"ID3\x04\x00\x00\x00\x00\x00\x20" + bytes(32), "soundless"),
    "a cut tag of MP3": (b"ID3\x04\x00\x00\x00\x00\x20\x00" + NOISE(50), "soundless"),
    "a FLAC head": (b"fLaC\x80\x00\x00\x22" + bytes(34), "soundless"),
    "a head of MP4": (b"\x00\x00\x00\x14ftypM4A \x00\x00\x02\x00isom", "soundless"),
    "an AU head": (b".snd\x00\x00\x00\x20" + bytes(24), "soundless"),
}
"""What can be said of it with certainty."""

UNKNOWN: dict[str, bytes] = {
    "noise": NOISE(30_000),
    "noise after a mark of frames": b"\xff\xfb\x90\x00" + NOISE(9000),
    "zeros": bytes(50_000),
    "many marks of frames": b"\xff\xfb\x90\x64" * 300,
    "a WAV name before noise": b"RIFF" + NOISE(4) + b"AVI?" + NOISE(3000),
    "a WAV name before other noise": b"RIFF\x00\x00\x01\x00WAVE" + NOISE(90_000),
    "a FLAC name before noise": b"fLaC" + NOISE(90_000),
    "an AIFF name before noise": b"FORM\x00\x01\x00\x00AIFF" + NOISE(90_000),
    "a name of MP4 before noise": b"\x00\x00\x00\x14ftypM4A \x00\x00\x02\x00isom" + NOISE(90_000),
    "a text in the middle of noise": NOISE(200) + SORRY.encode() * 20 + NOISE(200),
    "encrypted": b"Salted__" + NOISE(5000),
}
"""What nobody can tell."""
