"""What other programs talk to Vitrail with."""
