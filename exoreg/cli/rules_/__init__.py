"""The commands of ``exoreg rules``, one file each."""
