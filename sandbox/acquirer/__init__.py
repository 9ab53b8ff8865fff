"""An acquirer: a subset of YooKassa v3 with a payment page and webhooks."""
