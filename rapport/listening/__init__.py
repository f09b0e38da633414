"""Listen: voices from every channel, the inbox, and the answers given."""
