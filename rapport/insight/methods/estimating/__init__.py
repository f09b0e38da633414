"""What weighted answers say: estimates and how sure they are, tables, gaps, and what stays hidden."""
