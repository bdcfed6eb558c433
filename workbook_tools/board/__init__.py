"""The status page: values of ledger and register become one self-contained HTML file."""
