"""The browser's side: the gateway (a Bot API server with three phones on a page) and, later, the coordinator's desk."""
