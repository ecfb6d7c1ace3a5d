"""One tenant as one file: written beside live traffic, checked to the last byte, brought back beside live traffic.

The file is an ordinary tar: ``README.txt`` says what is in it, tables are CSV,
compressed, the citizens' files are as they were handed in. It can be read
without this platform.
"""
