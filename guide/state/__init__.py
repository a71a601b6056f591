"""What the server keeps of its shoppers: conversations, answers to resume, feedback, unanswered questions.

`store.open_state` opens it; `ports.State` is the seam; every call blocks and belongs in a thread (guide/live/desk.py).
"""
