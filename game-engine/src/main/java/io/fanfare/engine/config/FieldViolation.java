package io.fanfare.engine.config;

/**
 * One field that was refused.
 *
 * @param field its path, such as {@code handler_config.prizes[2].probability}
 * @param description what was found and what was expected
 */
public record FieldViolation(String field, String description) {}
