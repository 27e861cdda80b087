"""What a reviewer can do, as plain functions over the log; the terminal and the web pages stand on them."""
