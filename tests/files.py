"""The smallest files that are what they say."""

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)
# Three seconds of Opus in Ogg: the first page's head, the last page's count of samples, no sound.
VOICE = b"OggS" + bytes(24) + b"OpusHead" + bytes(20) + b"OggS\0\4" + (3 * 48_000).to_bytes(8, "little")
