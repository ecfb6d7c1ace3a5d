"""Whose turn it is: processes in BPMN, their runs, and the steps that people hold and complete."""
