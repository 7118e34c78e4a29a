"""Ways in which any file, and any text, comes out of an editor, a mail or a disk."""

ENCODINGS = (
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "gb18030",
    "big5",
    "latin-1",
    "cp1252",
    "shift-jis",
    "utf-7",
)


def as_bytes(content):
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


def flipped(draw, content):
    """Some bits the other way round."""
    spoiled = bytearray(as_bytes(content) or b" ")
    for _ in range(draw.pick(1, 1, 3, 20)):
        spoiled[draw.random.randrange(len(spoiled))] ^= 1 << draw.random.randrange(8)
    return bytes(spoiled)


def truncated(draw, content):
    """Only the beginning, perhaps nothing."""
    content = as_bytes(content) or b" "
    return content[: draw.pick(0, 1, draw.random.randrange(len(content)), len(content) - 1)]


def inserted(draw, content):
    """Bytes that no text has."""
    content = as_bytes(content) or b" "
    at = draw.random.randrange(len(content))
    return (
        content[:at] + draw.pick(b"\x00", b"\xff\xfe", b"\x1a", b"\x00" * 5000, b"\r", b"\x0c") + content[at:]
    )


def noise(draw, content):
    """No such file at all."""
    return bytes(draw.random.randrange(256) for _ in range(len(content) // 2))


def recoded(draw, content):
    """Another encoding."""
    return content.replace("Aster", "Aster 甲" if draw.chance(0.5) else "Astér").encode(
        draw.pick(*ENCODINGS), "replace"
    )


def other_ends(draw, content):
    """Other ends of lines."""
    return content.replace("\n", draw.pick("\r\n", "\r", "\n\n", "\u2028", "\n\r"))


def lines_moved(draw, content):
    """Lines twice, left out, or in another order."""
    lines = content.splitlines()
    match draw.pick("twice", "out", "order"):
        case "twice":
            lines += draw.some(lines)[:3]
        case "out":
            lines = [line for line in lines if not draw.chance(0.3)]
        case _:
            draw.random.shuffle(lines)
    return "\n".join([*lines, ""])


ANY = (flipped, truncated, inserted, noise)


TEXT = (*ANY, recoded, recoded, other_ends, lines_moved, lines_moved)
