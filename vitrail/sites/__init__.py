"""Sites, pages, members, media and publishing."""
