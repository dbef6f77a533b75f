"""The tables that everything else is made from."""
