package io.fanfare.streams.leaderboard;

import io.fanfare.schemas.Topics;
import io.fanfare.streams.query.StateNews;
import io.fanfare.streams.runtime.RunningApp;
import io.fanfare.streams.runtime.StreamsApp;
import io.fanfare.streams.runtime.StreamsApp.Pace;
import io.fanfare.streams.runtime.StreamsRuntime;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LeaderboardsConfiguration {

    static final StreamsApp DEFINITION_CHECK =
            new StreamsApp("definition-check", List.of(Topics.CONFIG), Pace.THROUGHPUT, DefinitionCheckTopology::wire);

    @Bean
    RunningApp leaderboards(StreamsRuntime runtime, StateNews news) {
        return runtime.run(LeaderboardsTopology.app(news));
    }

    @Bean
    RunningApp definitionCheck(StreamsRuntime runtime) {
        return runtime.run(DEFINITION_CHECK);
    }
}
