"""Reads and edits the sites of a Vitrail server, typed and live: see docs/clients.md of Vitrail."""

from vitrail_client.client import Client
from vitrail_client.errors import ClientError, Refused, RequestFailed, Unreachable
from vitrail_client.sync import Step, steps

__all__ = ["Client", "ClientError", "Refused", "RequestFailed", "Step", "Unreachable", "steps"]
