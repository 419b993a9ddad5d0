"""Letters that leave the service: asked for, printed once, sealed, found again and checked by anyone."""
