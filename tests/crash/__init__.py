"""Gateway and bot as separate processes; only the bot is killed."""
