package ledger287.reporting.statistics;

/** A place on the earth, in degrees (WGS 84). */
record Point(double latitude, double longitude) {}
