-- How far the demonstration has let time pass, in microseconds. It is 0 wherever companies are real.
CREATE TABLE demo_clock (
    one   bigint NOT NULL PRIMARY KEY CHECK (one = 1),
    ahead bigint NOT NULL
);
INSERT INTO demo_clock (one, ahead) VALUES (1, 0);
