"""A loaded program that stands by: a command of manage.py has it do the work, and saves its own start of half a second.

It is asked only where STANDBY names its socket. It does nothing that the command
would have done otherwise: same code, same surroundings, same terminal, same
folder, or it declines and the command starts by itself.
"""
