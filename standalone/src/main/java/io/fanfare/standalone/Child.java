package io.fanfare.standalone;

/** A part that is a process of its own and may die while the platform lives. {@link #start} brings it back. */
interface Child extends Part {

    boolean isAlive();
}
