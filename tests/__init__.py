"""What proves that Khabarnama does what it says."""
