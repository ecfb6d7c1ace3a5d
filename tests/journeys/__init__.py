"""The main job from door to door: the real house, a real browser. Read test_birth_registration first."""
