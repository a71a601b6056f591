"""From catalog to searchable snapshot, and searching it. Other rooms import `index.api` only."""
