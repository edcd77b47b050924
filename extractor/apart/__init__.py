"""Work on a stranger's file in a process of its own: started, limited, listened to, ended when it takes too
long.
"""
