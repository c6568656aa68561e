"""Makers of digests: by rules alone, or by a language model whose every statement is checked."""
