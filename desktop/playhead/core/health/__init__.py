"""Health of a recording: figures that are measured of its sound, and the verdict on them."""
