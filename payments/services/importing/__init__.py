"""From a file to posted lines: staged, judged, posted slice by slice, complete up to a day."""
