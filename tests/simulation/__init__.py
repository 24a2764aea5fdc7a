"""A cluster in one process, from one seed: clients, nodes, log, bus and clock, all under control.

The rooms, the sequence of the log and the messages between nodes are the real ones; time, disk and
wires are simulated, and fail.
"""
