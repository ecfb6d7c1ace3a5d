"""What a merge of two provinces or ministries means, table by table: the roof knows every room.

``declaration`` names every table of a tenant, ``adapting`` changes what cannot
be carried as it is, ``checking`` reconciles what people will ask about. A table
or column that is missing here breaks the build
(tests/platform/project/merging/test_declaration.py).
"""

from project.merging.declaration import MERGING

__all__ = ["MERGING"]
