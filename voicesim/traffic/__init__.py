"""When calls arrive: rates over time, the arrival process, workloads, the formulas of Erlang."""
