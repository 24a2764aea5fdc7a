"""GraphQL: the schema, how it is executed, and what a request may ask for."""
