"""What is reported to have happened: incidents, tallies and forecasts, each with the words that tell of it."""
