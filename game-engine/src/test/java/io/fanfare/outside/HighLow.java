package io.fanfare.outside;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Attempt;
import io.fanfare.engine.shape.RewardHandler;
import io.fanfare.engine.shape.SeedGenerator;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.engine.shape.Validator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Higher or lower: a card is dealt, the player says whether the next one is higher or lower, and wins if it is. */
final class HighLow {

    /** Deals a card from 1 to as many as there are. */
    record Deal(long cards) implements SeedGenerator {

        static final Form<Deal> FORM = Form.of("a card is dealt", lines -> {
            var cards = lines.optional("cards", Kind.integer(3, 100), 13L, "from 1 to how many");
            return filled -> new Deal(filled.get(cards));
        });

        static final Form<Long> DEALT = Form.of("what was dealt", lines -> {
            var card = lines.required("card", Kind.integer(1, 100), "the card");
            return filled -> filled.get(card);
        });

        @Override
        public Document generate(Draws draws) {
            return Document.of("card", 1 + draws.below(cards));
        }
    }

    /** What the player sends. */
    static final Form<Boolean> CALL = Form.of("the call", lines -> {
        var call = lines.required("call", Kind.word(Map.of("higher", true, "lower", false)), "higher or lower");
        return filled -> filled.get(call);
    });

    /** Nobody calls before seeing the card. */
    record NotTooFast(long minMs) implements Validator {

        static final Form<NotTooFast> FORM = Form.of("nobody calls before seeing the card", lines -> {
            var min = lines.optional("min_ms", Kind.integer(0, 60_000), 300L, "faster is cheating; 0 = no bound");
            return filled -> new NotTooFast(filled.get(min));
        });

        @Override
        public Set<String> inputFields() {
            return CALL.names();
        }

        @Override
        public Verdict judge(Attempt attempt) {
            long tookMs = attempt.elapsed().toMillis();
            return tookMs < minMs
                    ? new Verdict.Cheating("this is faster than anybody looks", Map.of("took_ms", "" + tookMs))
                    : new Verdict.Plausible();
        }
    }

    /** Draws the next card; the same one again wins nothing. */
    record NextCard(PrizeId prize, long cards) implements RewardHandler {

        static final Form<NextCard> FORM = Form.of("the right call wins", lines -> {
            var prize = lines.required("prize_id", Kind.id(), "what the right call wins");
            var cards = lines.optional("cards", Kind.integer(3, 100), 13L, "from 1 to how many");
            return filled -> new NextCard(new PrizeId(filled.get(prize)), filled.get(cards));
        });

        @Override
        public Set<String> inputFields() {
            return CALL.names();
        }

        @Override
        public Set<PrizeId> prizes() {
            return Set.of(prize);
        }

        @Override
        public Result decide(Attempt attempt, Draws draws) {
            long dealt = Deal.DEALT.readPart("seed", attempt.seed());
            long next = 1 + draws.below(cards);
            boolean isRight = CALL.readPart("payload", attempt.input()) ? next > dealt : next < dealt;
            return new Result(isRight ? List.of(Win.of(prize)) : List.of(), Document.of("next_card", next), null);
        }

        @Override
        public Document sampleInput(Document seed, Draws draws) {
            return Document.of("call", draws.below(2) == 0 ? "higher" : "lower");
        }
    }

    private HighLow() {}

    static Shapes shapes() {
        return Shapes.withBuiltIn()
                .seedGenerator("high_low", Deal.FORM)
                .validator("high_low", NotTooFast.FORM)
                .rewardHandler("high_low", NextCard.FORM)
                .build();
    }
}
