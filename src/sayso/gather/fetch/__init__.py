"""The fetch guard: the only way out to the network. It connects to addresses it has checked, and to no other."""
