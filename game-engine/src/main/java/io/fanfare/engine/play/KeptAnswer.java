package io.fanfare.engine.play;

/**
 * An answer as it went out, kept to be given again.
 *
 * @param status of HTTP
 * @param body the whole envelope
 */
public record KeptAnswer(int status, String body) {}
