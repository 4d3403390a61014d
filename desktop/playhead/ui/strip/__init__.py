"""The strip above the table, which shows when the recordings that match were."""
