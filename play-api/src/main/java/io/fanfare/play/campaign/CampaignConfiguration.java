package io.fanfare.play.campaign;

import io.fanfare.store.Database;
import io.fanfare.store.campaign.Campaigns;
import io.fanfare.store.campaign.PublicCampaigns;
import io.fanfare.store.duplication.CampaignDuplicating;
import io.fanfare.store.game.Games;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.leaderboard.Leaderboards;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.play.CampaignTallies;
import io.fanfare.store.prize.Winners;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WinnersSettings.class, PublicCampaignSettings.class})
class CampaignConfiguration {

    @Bean
    Campaigns campaigns(Database database, Outbox outbox, Ids ids, Clock clock) {
        return new Campaigns(database, outbox, ids, clock);
    }

    @Bean
    CampaignDuplicating campaignDuplicating(
            Database database, Campaigns campaigns, Games games, Leaderboards leaderboards) {
        return new CampaignDuplicating(database, campaigns, games, leaderboards);
    }

    @Bean
    CampaignTallies campaignTallies(Database database) {
        return new CampaignTallies(database);
    }

    @Bean
    PublicCampaigns publicCampaigns(Database database) {
        return new PublicCampaigns(database);
    }

    @Bean
    Winners winners(Database database) {
        return new Winners(database);
    }
}
