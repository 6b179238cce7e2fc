"""``python -m exoreg`` is the ``exoreg`` command."""

from exoreg.cli import start

if __name__ == "__main__":
    start()
