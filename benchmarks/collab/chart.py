"""The chart."""
def drawn(results): return ""
