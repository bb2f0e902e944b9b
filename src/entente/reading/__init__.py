"""Reading: bytes of files and standard input become documents, their text fixed for good."""
