"""``python -m capshare``."""

from capshare.cli import main

main()
