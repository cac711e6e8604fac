package io.fanfare.play.relay;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param maxLag when the relay is further behind, nothing is written before it has caught up */
@ConfigurationProperties("fanfare.relay")
record RelaySettings(@DefaultValue("60s") Duration maxLag) {}
