"""Editing the form of a procedure beside a live picture of it; where the draft lives is the caller's business."""
