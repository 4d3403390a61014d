"""The two clouds, Bird and Convirza, and their media hosts: read only, over HTTP."""
