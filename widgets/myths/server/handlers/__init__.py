"""What the server does at each of its addresses."""
