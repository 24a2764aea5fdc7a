"""The ASGI application and the command line: wires the rooms together."""
