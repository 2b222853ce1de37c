"""Django plumbing that no room should write twice: clock, jobs, mail, guarded reads, http."""
