"""Run the command as `python -m myths`."""

from myths.cli import main

main(prog_name="myths")
