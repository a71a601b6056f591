"""Nothing is said that the evidence does not say: sentences are held, checked, then released, rewritten or dropped."""

from guide.verify.release import Release, Tally, verified
from guide.verify.verifier import Verdict, Verifier

__all__ = ("Release", "Tally", "Verdict", "Verifier", "verified")
