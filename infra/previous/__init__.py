"""The main job, done by the code of a release on a schema of another; see tenants/releases/checking/previous.py."""
