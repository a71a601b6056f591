"""How feeds that are damaged or hostile are borne: mutations, and bombs."""
