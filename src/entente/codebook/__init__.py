"""The executable codebook: vocabulary, entries whose examples run as tests, and the words and names they build on."""
