"""What agents call: the tools of the Model Context Protocol over this shop. Knows the protocol, but no HTTP."""
