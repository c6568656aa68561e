"""The web page as a chat platform: a channel in the browser, working without any outside service."""
