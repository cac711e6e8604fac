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

                  API=http://127.0.0.1:%1$d/api/v1
                  ada() { curl -s -w '\\n' -H X-Tenant-Id:%7$s -H X-Player-Id:ada -H Content-Type:application/json "$@"; }
                  SESSION=$(ada $API/games/%8$s/start -d '{}' | sed 's/.*"session_id":"\\([^"]*\\)".*/\\1/')
                  ada $API/games/%8$s/play -d "{\\"session_id\\":\\"$SESSION\\",\\"payload\\":{}}"

                look at the campaign that it belongs to:

                  ada $API/public/campaigns/%9$s

                and see what the play changed (not every play wins points; play again):

                  ada "$API/wallet?scope_key=%9$s"
                  ada $API/leaderboards/%10$s/my-rank
                  ada "http://127.0.0.1:%2$d/dev/topics/fanfare.plays.v1?limit=1&key=%7$s/ada"
                  ada "http://127.0.0.1:%3$d/dev/webhooks?limit=2"
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
