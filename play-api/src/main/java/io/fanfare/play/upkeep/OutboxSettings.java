package io.fanfare.play.upkeep;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param retention how long published events stay, to be published again where the relay lost its place; at least an hour */
@ConfigurationProperties("fanfare.outbox")
record OutboxSettings(@DefaultValue("6h") Duration retention) {}
