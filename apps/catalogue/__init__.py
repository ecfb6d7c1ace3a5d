"""The ledger of the centre: national procedure templates and their versions, who published and who
adopted them, and the national calendar. Lives in the central schema; read it inside central_context().

Open to the rooms above beside services and selectors: content, content_schema and process_check, which
know what a sound ProcedureContent is.
"""
