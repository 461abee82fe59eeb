"""The machinery between the far end and the handlers, part by part."""
