package io.fanfare.standalone;

import io.fanfare.standalone.demo.DemoSeed.Demo;

/** What a start says at its end: where everything is, and how to play. */
final class Welcome {

    private Welcome() {}

    static String to(Ports ports, Demo demo) {
        return """

                  start page       http://127.0.0.1:%1$d/
                  API reference    http://127.0.0.1:%1$d/docs/api
                  topics           http://127.0.0.1:%2$d/dev/topics
                  webhook sink     http://127.0.0.1:%3$d/dev/webhooks
                  Kafka            127.0.0.1:%4$d
                  registry         http://127.0.0.1:%5$d/apis/ccompat/v7
                  PostgreSQL       127.0.0.1:%6$d

                Play the demo wheel:

                  API=http://127.0.0.1:%1$d/api/v1 ME='-H X-Tenant-Id:%7$s -H X-Player-Id:ada -H Content-Type:application/json'
                  SESSION=$(curl -s $ME $API/games/%8$s/start -d '{}' | sed 's/.*"session_id":"\\([^"]*\\)".*/\\1/')
                  curl -s $ME $API/games/%8$s/play -d "{\\"session_id\\":\\"$SESSION\\",\\"payload\\":{}}"

                look at the campaign that it belongs to:

                  curl -s $API/public/campaigns/%9$s

                and see what the play changed:

                  curl -s $ME "$API/wallet?scope_key=%9$s"
                  curl -s $ME $API/leaderboards/%10$s/my-rank
                  curl -s "http://127.0.0.1:%2$d/dev/topics/fanfare.plays.v1?limit=1&key=%7$s/ada"
                  curl -s http://127.0.0.1:%3$d/dev/webhooks
                """.formatted(
                        ports.api(),
                        ports.streams(),
                        ports.worker(),
                        ports.kafka(),
                        ports.registry(),
                        ports.postgres(),
                        demo.tenant(),
                        demo.game(),
                        demo.campaign(),
                        demo.leaderboard());
    }
}
