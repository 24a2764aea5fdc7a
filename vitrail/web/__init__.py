"""The editor and dashboard, and the HTTP routes that serve them."""
