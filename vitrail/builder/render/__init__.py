"""The renderer: a page document becomes HTML and CSS, the same as in the editor's canvas."""
