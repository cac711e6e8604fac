package io.fanfare.play.simulation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param atOnce how many simulations this instance runs at the same time: so many in the background, and so many that are answered
 *     at once. Each takes a processor.
 */
@ConfigurationProperties("fanfare.simulation")
record SimulationSettings(@DefaultValue("1") int atOnce) {

    SimulationSettings {
        if (atOnce < 1) {
            throw new IllegalArgumentException(
                    "fanfare.simulation.at-once is %d, expected at least 1".formatted(atOnce));
        }
    }
}
