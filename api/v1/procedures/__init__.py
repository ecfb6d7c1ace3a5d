"""Procedures over the API."""
