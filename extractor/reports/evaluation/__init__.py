"""Scores for people: tables, pages and pictures."""
