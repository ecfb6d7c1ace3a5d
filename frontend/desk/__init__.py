"""For the officers: what must I do now, by when, and what happens if I press this?"""
