package io.fanfare.store.prize;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.engine.reward.Redemption.Mode;
import io.fanfare.events.PrizeConfigured;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.Page;
import io.fanfare.store.StoreServer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class PrizesIT {

    private final Definitions definitions;
    private final Prizes prizes;

    PrizesIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.prizes = new Prizes(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
    }

    @Test
    void a_prize_is_found_as_it_was_created() {
        PrizeRecord limited = prizes.create(ACME, voucher("Mug"), Stock.Limited.of(5), null);
        PrizeRecord unlimited = prizes.create(ACME, points(), new Stock.Unlimited(), null);

        assertThat(prizes.find(ACME, limited.id())).contains(limited);
        assertThat(prizes.find(ACME, unlimited.id())).contains(unlimited);
        assertThat(prizes.find(RIVAL, limited.id())).isEmpty();
        assertThat(prizes.findAll(ACME, List.of(limited.id(), unlimited.id(), new PrizeId("prize_unknown"))))
                .containsOnlyKeys(limited.id(), unlimited.id())
                .containsEntry(limited.id(), limited.prize());
        assertThat(prizes.findAll(RIVAL, List.of(limited.id()))).isEmpty();
    }

    @Test
    void a_change_leaves_the_stock_alone_and_is_published() {
        PrizeRecord created = prizes.create(ACME, voucher("Mug"), Stock.Limited.of(5), null);

        PrizeRecord replaced =
                prizes.replace(ACME, created.id(), voucher("Cup"), null).orElseThrow();

        assertThat(replaced.revision()).isEqualTo(2);
        assertThat(replaced.definition().name()).isEqualTo("Cup");
        assertThat(replaced.stock()).isEqualTo(Stock.Limited.of(5));
        assertThat(prizes.replace(RIVAL, created.id(), voucher("Stolen"), null)).isEmpty();
        assertThat(definitions.publishedKeys())
                .containsExactly("acme/prize/" + created.id() + "/1", "acme/prize/" + created.id() + "/2");
        assertThat(((PrizeConfigured) definitions.published().getLast()).getName())
                .isEqualTo("Cup");
    }

    @Test
    void stock_goes_up_and_down_and_never_below_zero() {
        PrizeId mug =
                prizes.create(ACME, voucher("Mug"), Stock.Limited.of(5), null).id();

        StockChange up = prizes.changeStock(ACME, mug, 3, "restocked");
        StockChange down = prizes.changeStock(ACME, mug, -6, "broken");
        StockChange tooFar = prizes.changeStock(ACME, mug, -3, "stolen");

        assertThat(up).isEqualTo(new StockChange.Changed(new Stock.Limited(8, 8)));
        assertThat(down).isEqualTo(new StockChange.Changed(new Stock.Limited(2, 2)));
        assertThat(tooFar).isEqualTo(new StockChange.BelowZero(2));
        assertThat(movements(mug)).containsExactly("5 initial stock", "3 restocked", "-6 broken");
    }

    @Test
    void there_is_nothing_to_change_where_there_is_no_stock() {
        PrizeId points =
                prizes.create(ACME, points(), new Stock.Unlimited(), null).id();

        assertThat(prizes.changeStock(ACME, points, 1, "more")).isInstanceOf(StockChange.StockUnlimited.class);
        assertThat(prizes.changeStock(RIVAL, points, 1, "more")).isInstanceOf(StockChange.PrizeNotFound.class);
    }

    @Test
    void codes_are_imported_once() {
        PrizeId coupon = prizes.create(ACME, voucher("Coupon"), new Stock.Unlimited(), null)
                .id();

        CodeImport first = prizes.importCodes(ACME, coupon, List.of("A", "B", "A"));
        CodeImport second = prizes.importCodes(ACME, coupon, List.of("B", "C"));

        assertThat(first).isEqualTo(new CodeImport.Imported(2, 1));
        assertThat(second).isEqualTo(new CodeImport.Imported(1, 1));
        assertThat(prizes.importCodes(RIVAL, coupon, List.of("D"))).isInstanceOf(CodeImport.PrizeNotFound.class);
        assertThat(prizes.summarize(ACME, null, 10).items())
                .containsExactly(new PrizeSummary(coupon, "Coupon", new Stock.Unlimited(), 0, 3));
    }

    @Test
    void a_prize_without_codes_takes_none() {
        PrizeId prize =
                prizes.create(ACME, points(), new Stock.Unlimited(), null).id();

        assertThat(prizes.importCodes(ACME, prize, List.of("A"))).isEqualTo(new CodeImport.PrizeWithoutCodes());
        assertThat(prizes.summarize(ACME, null, 10).items())
                .extracting(PrizeSummary::codesAvailable)
                .containsExactly(0L);
    }

    @Test
    void metadata_is_kept_and_replaced_with_the_prize() {
        PrizeId prize = prizes.create(ACME, withMetadata("{\"sku\":\"M-17\"}"), new Stock.Unlimited(), null)
                .id();

        prizes.replace(ACME, prize, withMetadata("{\"sku\":\"M-18\"}"), null);

        assertThat(prizes.find(ACME, prize))
                .map(found -> found.definition().metadata())
                .contains("{\"sku\":\"M-18\"}");
        assertThat(definitions
                        .database()
                        .jdbc()
                        .sql("select metadata from prize_revision where prize_id = ? order by revision")
                        .param(prize.value())
                        .query((row, _) -> row.getString(1))
                        .list())
                .containsExactly("{\"sku\":\"M-17\"}", "{\"sku\":\"M-18\"}");
    }

    @Test
    void an_import_has_a_bound() {
        PrizeId coupon = prizes.create(ACME, voucher("Coupon"), new Stock.Unlimited(), null)
                .id();
        List<String> tooMany = Collections.nCopies(Prizes.MAX_CODES + 1, "A");

        assertThatThrownBy(() -> prizes.importCodes(ACME, coupon, tooMany)).hasMessageContaining("100001 codes");
    }

    @Test
    void lists_are_paged_from_the_newest() {
        List<PrizeId> created = Stream.of("One", "Two", "Three")
                .map(name -> prizes.create(ACME, voucher(name), Stock.Limited.of(1), null)
                        .id())
                .toList();

        Page<PrizeRecord> first = prizes.list(ACME, null, 2);
        Page<PrizeSummary> rest = prizes.summarize(ACME, first.items().getLast().id(), 2);

        assertThat(first.items()).extracting(PrizeRecord::id).containsExactly(created.get(2), created.get(1));
        assertThat(first.hasMore()).isTrue();
        assertThat(rest.items()).extracting(PrizeSummary::id).containsExactly(created.getFirst());
        assertThat(rest.hasMore()).isFalse();
        assertThatThrownBy(() -> prizes.list(ACME, null, 101)).hasMessageContaining("limit is 101");
    }

    private List<String> movements(PrizeId prize) {
        return definitions
                .database()
                .jdbc()
                .sql("select concat(delta, ' ', reason) from stock_movement where prize_id = ? order by movement_id")
                .param(prize.value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static PrizeDefinition voucher(String name) {
        return new PrizeDefinition(
                name,
                PrizeType.VOUCHER,
                "https://example.org/mug.png",
                500,
                new AwardConstraints(2, 1),
                true,
                new Redemption(Mode.INSTANT, true, Duration.ofDays(30)),
                "{\"channel\":\"voucher_code\"}");
    }

    private static PrizeDefinition withMetadata(String metadata) {
        PrizeDefinition mug = voucher("Mug");
        return new PrizeDefinition(
                mug.name(),
                mug.type(),
                mug.image(),
                mug.value(),
                mug.constraints(),
                mug.needsCode(),
                mug.redemption(),
                mug.fulfillment(),
                metadata);
    }

    private static PrizeDefinition points() {
        return new PrizeDefinition("Points", PrizeType.POINTS, null, 10, AwardConstraints.NONE, false, "{}");
    }
}
