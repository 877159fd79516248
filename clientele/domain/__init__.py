"""Tables and pure rules: no Qt, no session, no files, no clock."""
