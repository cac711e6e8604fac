package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.Draws;

/** Deals out what a session is played with, before the player acts. */
@FunctionalInterface
public interface SeedGenerator extends Part {

    /** What the player's screen needs, kept with the session; empty where the game starts from nothing. */
    Document generate(Draws draws);
}
