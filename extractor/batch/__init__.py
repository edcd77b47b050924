"""Many files: found, each read in a child process within limits, kept in a ledger, compared among each other.

    paths --find--> files --run (watch: worker)--> ledger --(between)--> results in the order of the files

Whatever a file does to the process that reads it, it costs itself alone, and it has a record that says so.
"""
