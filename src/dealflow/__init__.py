"""dealflow: the on-site sales office of a property developer."""
