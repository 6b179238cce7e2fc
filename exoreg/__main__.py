"""``python -m exoreg`` is the ``exoreg`` command."""

from exoreg.cli import run

if __name__ == "__main__":
    run()
