"""The model: groups, block caps, entitlements, the allocation LP, prices, balance and potential."""
