"""What is true of the cabinet's own things: the texts that staff edit."""

from cabinet.models.texts import Announcement, Deadline, HelpTopic, Obligation

__all__ = ["Announcement", "Deadline", "HelpTopic", "Obligation"]
