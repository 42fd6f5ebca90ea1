"""What is kept: the engine, the tables, the unit of work and the queues' stores."""
