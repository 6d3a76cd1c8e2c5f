"""``python -m voicesim`` is ``voicesim``."""

from voicesim.cli import main

main()
