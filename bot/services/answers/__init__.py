"""What each command answers, by area. :mod:`bot.services.commands` chooses among them."""
