"""Is a tenant really served? Its own web server is asked, as a person would: sign in, inbox, hand in, take back."""
