"""Bots of other libraries, written as their own documentation writes them: `python FILE URL TOKEN ...`."""
