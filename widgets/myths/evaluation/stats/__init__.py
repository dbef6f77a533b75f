"""What the tables show, and how sure that is."""
