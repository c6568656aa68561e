"""The platform-neutral message: its model, composing cards and briefings, fitting them to limits."""
