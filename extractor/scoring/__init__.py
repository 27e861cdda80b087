"""What extracted records are worth, held against labels: pure functions, usable without the command line."""
