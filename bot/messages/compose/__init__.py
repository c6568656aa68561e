"""Values of the domain to messages: what a briefing, a card, a list and an error say. Pure."""
