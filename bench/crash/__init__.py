"""Crashes on purpose: processes killed and disks failing at every step, files damaged, while the shop is asked.

`python -m bench.crash` runs it all and prints JSON; tests/crash runs a part of it.
"""
