"""Discord: native slash commands, Components V2, briefings in channels, threads and forums."""
