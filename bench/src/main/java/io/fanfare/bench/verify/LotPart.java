package io.fanfare.bench.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A part of an amount by when it ends; {@code null}: never. */
record LotPart(@Nullable Instant expiresAt, long amount) {}
