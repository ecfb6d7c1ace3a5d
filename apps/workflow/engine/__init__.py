"""SpiffWorkflow behind three functions: build a spec once, start a run, move it one step. Knows no model."""
