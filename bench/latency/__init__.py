"""How long an answer takes, in a closed loop of clients that ask one question after another without a pause."""
