"""Engine of exports: `Export` carries out a plan by a scheduler, a worker and the journal."""
