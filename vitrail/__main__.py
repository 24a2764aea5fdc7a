"""Run the command line with `python -m vitrail`."""

from vitrail.server.command import main

if __name__ == "__main__":
    main()
