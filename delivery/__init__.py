"""What comes in and what goes out: inbox, per-person order, outbox, sender, ticks; the one place that opens transactions."""
