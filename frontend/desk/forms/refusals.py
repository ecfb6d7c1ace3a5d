"""Kept beside the forms of the desk; the other rooms take it from frontend.problems."""

from frontend.problems import Problems, laid_out

__all__ = ["Problems", "laid_out"]
