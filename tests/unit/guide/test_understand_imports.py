import subprocess
import sys


def test_understanding_loads_no_model_and_no_web():
    code = (
        "import guide.understand, sys; print([m for m in ('torch', 'numpy', 'litestar', 'faiss') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
