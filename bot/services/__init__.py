"""What the bot does, in terms of ports."""
