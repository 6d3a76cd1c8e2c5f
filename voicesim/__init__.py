"""voicesim: everything around a phone agent except the agent."""

__version__ = "0.1.0"
