"""What may be shown about few people."""
