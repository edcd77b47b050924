"""What stands behind the command's options: texts for a person, the request, the exit status. ``cli.py``
calls it.
"""
