"""What an ensemble says: estimators over draws, free of files and studies."""
