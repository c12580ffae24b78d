"""`make demo`: the whole product on one machine, started and stopped as one."""
