"""What the person sees of exports: dialogs, and the panel of transfers."""
