"""The bot with short waits before it tries again, so that a play on a bad line takes seconds."""

import sys

import bot
from delivery import sender

sender.RETRY_SECONDS = 0.1

if __name__ == "__main__":
    sys.exit(bot.main(["run", *sys.argv[1:]]))
