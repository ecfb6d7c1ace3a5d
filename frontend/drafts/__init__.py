"""A content written section by section, for the rooms in which people write one: the centre and a province."""
