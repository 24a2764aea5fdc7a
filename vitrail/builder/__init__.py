"""What designers build: documents in, documents out, and nothing else."""
