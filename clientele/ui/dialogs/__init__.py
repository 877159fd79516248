"""Forms over the page: each a sheet that keeps a draft of what is typed."""
