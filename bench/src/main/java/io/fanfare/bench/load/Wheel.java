package io.fanfare.bench.load;

/** A game that players spin, and whose it is. */
public record Wheel(String tenant, String game) {}
