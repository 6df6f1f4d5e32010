-- What /readyz writes, one row for each process. The filling is as long as a large profile, so that a disk without room is seen.
CREATE TABLE probes (
    process    {key} NOT NULL PRIMARY KEY,
    written_at bigint NOT NULL,
    filling    text NOT NULL
);
