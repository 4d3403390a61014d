"""What the person sees and does: Qt widgets, and one file for each journey."""
