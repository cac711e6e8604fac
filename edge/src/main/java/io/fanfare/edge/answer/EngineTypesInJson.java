package io.fanfare.edge.answer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.quest.QuestId;
import io.fanfare.engine.wallet.BalanceSheet;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** On the wire an id is a plain text, whatever its type, and a {@link Document} is any object. */
final class EngineTypesInJson extends SimpleModule {

    EngineTypesInJson() {
        super("fanfare-engine");
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
        text(QuestId.class, QuestId::new);
        text(MilestoneId.class, MilestoneId::new);
        text(RedemptionId.class, RedemptionId::new);
        text(AwardId.class, AwardId::new);
        setMixInAnnotation(BalanceSheet.class, WithoutWhatFollows.class);
        addSerializer(Document.class, new FromDocument());
        addDeserializer(Document.class, new ToDocument());
    }

    /** What follows from the rest is not passed on between instances, and could not be read there. */
    private interface WithoutWhatFollows {

        @JsonIgnore
        @SuppressWarnings("UnusedMethod") // Jackson looks at it
        boolean isBalanced();
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

    private static final class FromDocument extends StdSerializer<Document> {

        FromDocument() {
            super(Document.class);
        }

        @Override
        public void serialize(Document document, JsonGenerator generator, SerializationContext context) {
            generator.writePOJO(document.values());
        }
    }

    private static final class ToDocument extends StdDeserializer<Document> {

        ToDocument() {
            super(Document.class);
        }

        @Override
        public Document deserialize(JsonParser parser, DeserializationContext context) {
            JavaType object = context.getTypeFactory().constructMapType(Map.class, String.class, Object.class);
            return new Document(context.readValue(parser, object));
        }
    }
}
