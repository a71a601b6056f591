"""The API: understand, retrieve, choose, write, verify, stream."""
