"""What the words mean: pure values and rules, no input or output."""
