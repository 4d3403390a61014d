"""The player bar: transport, clock, controls, and the journeys of playing and auditioning."""
