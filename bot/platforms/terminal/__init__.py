"""The terminal as a chat platform: messages as wrapped text, posted to a stream and kept in a file."""
