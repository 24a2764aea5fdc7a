"""Identity, authorisation, SQL, jobs, blobs, clock, ids and errors: what every room stands on."""
