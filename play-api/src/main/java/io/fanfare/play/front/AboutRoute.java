package io.fanfare.play.front;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Public;
import io.fanfare.edge.caller.TrustSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the front page needs to know about this installation. */
@RestController
@EnableConfigurationProperties(FrontSettings.class)
final class AboutRoute {

    private final About about;

    AboutRoute(FrontSettings front, TrustSettings trust) {
        this.about = new About("Fanfare", trust.devMode(), front.streamsPort(), front.workerPort());
    }

    /** @param devMode headers stand in for credentials, and topics and webhooks can be looked into */
    record About(String name, boolean devMode, int streamsPort, int workerPort) {}

    @Public
    @GetMapping("/about")
    Envelope<About> about() {
        return Envelope.ok(about);
    }
}
