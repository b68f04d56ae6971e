"""Imports every table module, so that the metadata is whole."""

from dealflow.db.tables import casework, clients, deals, documents, followup, movein, payments, policies, reception, staff, units

MODULES = (casework, clients, deals, documents, followup, movein, payments, policies, reception, staff, units)
