"""The demo people: invented, and at every start brought back to where they are promised to be."""
