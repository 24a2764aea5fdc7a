"""The page model, the edit commands, the blocks and the renderer: documents in, documents and HTML out."""
