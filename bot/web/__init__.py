"""What the process says over HTTP: health, metrics, and the platforms' webhooks."""
