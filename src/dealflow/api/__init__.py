"""The JSON door: REST nouns, steps as sub-resources, problems that explain themselves. Joined to the pages by `asgi`."""
