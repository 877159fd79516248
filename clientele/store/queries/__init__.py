"""Reading: column selects that answer frozen dataclasses, one file per page or subject."""
