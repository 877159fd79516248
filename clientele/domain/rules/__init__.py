"""Pure rules: who is due, how names sort, what looks like a card number."""
