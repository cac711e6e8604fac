package io.fanfare.play.upkeep;

/** Keeps the outbox from growing for ever, as its database does that. Every instance does it. */
sealed interface OutboxUpkeep permits SlotUpkeep, RowUpkeep {}
