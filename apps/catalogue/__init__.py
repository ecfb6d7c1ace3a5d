"""The ledger of the centre: national procedure templates and their versions, who published and who
adopted them, and the national calendar. Lives in the central schema; read it inside central_context().
"""
