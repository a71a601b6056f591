"""Who judges statements and answers, and how well each agrees with people."""
