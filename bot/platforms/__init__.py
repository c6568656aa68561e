"""Where people meet the bot: one folder a platform, each with its renderer, limits and ways in."""
