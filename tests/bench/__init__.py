"""Time and memory on national scale: `make bench`. Never part of the suite; the figures stand in docs/prestaties.md."""
