"""What a delivery would change: records against the district as it stands."""
