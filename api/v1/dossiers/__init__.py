"""Dossiers over the API."""
