package io.fanfare.play.front;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the page's links to the other services lead, on the host that the page was asked for.
 *
 * @param streamsPort of the stream processors
 * @param workerPort of the fulfilment worker
 */
@ConfigurationProperties("fanfare.front")
record FrontSettings(
        @DefaultValue("8082") int streamsPort,
        @DefaultValue("8084") int workerPort) {}
