"""Pictures, each with its words."""
