"""What two of the staff, or a clerk, decide about money that waits or was wrongly placed."""
