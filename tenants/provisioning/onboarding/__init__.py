"""Bringing a ministry or province to life from one file: read whole, refused whole, carried out step by step.

What the steps are is not known here: the roof hands them down (see steps.py).
"""
