"""Taking part for everybody: what somebody needs, asked for, arranged as a task, and asked about afterwards."""
