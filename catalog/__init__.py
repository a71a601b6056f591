"""What the shop sells and says: records, feeds, money, languages and the sample shop."""
