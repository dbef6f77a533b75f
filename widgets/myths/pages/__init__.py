"""A notebook becomes a page: run once, kept ready, and forked for each visitor."""
