"""A large table the plain way, with pandas: its columns are read, made numbers of and written.

usage: table.py FILE OUT
"""

import sys

import pandas as pd

table = pd.read_csv(sys.argv[1])
for name in table.columns[2:]:
    table[name] = pd.to_numeric(table[name], errors="coerce")
table.to_csv(sys.argv[2], index=False)
