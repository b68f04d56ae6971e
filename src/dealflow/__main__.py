"""`python -m dealflow` is `dealflow`."""

from dealflow.cli.entry import main

if __name__ == "__main__":
    main()
