"""The chaos suite takes minutes; its tests see the modules of the usual one."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
