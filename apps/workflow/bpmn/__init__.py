"""The BPMN subset of docs/bpmn.md, read by ourselves: no model, no engine, no database."""
