"""What `make bench` runs: work of ours and the same work done by a peer, in turns, on the same server."""
