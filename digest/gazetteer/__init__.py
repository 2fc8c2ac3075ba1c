"""The gazetteer: one reviewed YAML file per entity, and what is made of them."""
