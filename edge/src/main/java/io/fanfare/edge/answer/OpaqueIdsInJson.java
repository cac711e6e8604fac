package io.fanfare.edge.answer;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** On the wire an id is a plain text, whatever its type. */
final class OpaqueIdsInJson extends SimpleModule {

    OpaqueIdsInJson() {
        super("fanfare-ids");
        text(TenantId.class, TenantId::new);
        text(MerchantId.class, MerchantId::new);
        text(CampaignId.class, CampaignId::new);
        text(PlayerId.class, PlayerId::new);
        text(GameId.class, GameId::new);
        text(PlayId.class, PlayId::new);
        text(SessionId.class, SessionId::new);
        text(PrizeId.class, PrizeId::new);
        text(RewardId.class, RewardId::new);
        text(LeaderboardId.class, LeaderboardId::new);
    }

    private <T> void text(Class<T> type, Function<String, T> of) {
        addSerializer(type, ToStringSerializer.instance);
        addDeserializer(type, new FromText<>(type, of));
    }

    private static final class FromText<T> extends StdDeserializer<T> {

        private final Class<T> type;
        private final transient Function<String, T> of;

        FromText(Class<T> type, Function<String, T> of) {
            super(type);
            this.type = type;
            this.of = of;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            String text = context.readValue(parser, String.class);
            try {
                return of.apply(text);
            } catch (IllegalArgumentException e) {
                throw context.instantiationException(type, e);
            }
        }
    }
}
