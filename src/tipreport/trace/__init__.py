"""One recommendation through many reports in time, and topics that a body set for its later meetings."""
