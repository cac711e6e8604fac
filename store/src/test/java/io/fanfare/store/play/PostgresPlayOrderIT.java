package io.fanfare.store.play;

import static io.fanfare.store.play.LedgerFixture.onThreads;
import static io.fanfare.store.play.LedgerFixture.pending;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.Prize;
import io.fanfare.store.StoreServer;
import io.fanfare.store.play.LedgerFixture.Transactions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads PostgreSQL's log as the relay does. */
@ParameterizedClass
@EnumSource(Transactions.class)
class PostgresPlayOrderIT {

    private final Transactions transactions;

    PostgresPlayOrderIT(Transactions transactions) {
        this.transactions = transactions;
    }

    @Test
    void numbers_follow_the_order_of_commits() throws Exception {
        var own = LedgerFixture.onFreshDatabase(StoreServer.Embedded.POSTGRESQL, transactions);
        own.count("select count(*) from pg_create_logical_replication_slot('numbers', 'test_decoding')");
        Prize points = Wheel.points(5);
        Wheel wheel = Wheel.aWheel().slot(points, 1).emptySlot(1);
        List<PlayerId> players = players(5).toList();
        List<Callable<List<Outcome>>> batches = IntStream.range(0, 60)
                .mapToObj(batch -> shuffled(players.stream()
                        .flatMap(player ->
                                Stream.of(pending(own.decided(wheel, player)), pending(own.decided(wheel, player))))
                        .toList()))
                .<Callable<List<Outcome>>>map(plays -> () -> own.ledger().commit(plays))
                .toList();

        onThreads(16, batches);

        assertThat(numbersInOrderOfCommits(own, "play", "sequence"))
                .hasSize(5)
                .allSatisfy((player, numbers) -> assertThat(numbers).isEqualTo(oneTo(120)));
        assertThat(numbersInOrderOfCommits(own, "wallet_command", "number"))
                .hasSize(5)
                .allSatisfy((player, numbers) -> assertThat(numbers).isEqualTo(oneTo(numbers.size())));
        own.count("select 1 from pg_drop_replication_slot('numbers')");
    }

    /** What a relay would see: the rows of the table in the order of their commits, each as player and number. */
    private static Map<String, List<Long>> numbersInOrderOfCommits(LedgerFixture fixture, String table, String column) {
        Pattern row = Pattern.compile("table public\\.%s: INSERT:.* player_id\\[.*?]:'(\\w+)'.* %s\\[bigint]:(\\d+).*"
                .formatted(table, column));
        return fixture
                .database()
                .jdbc()
                .sql("select data from pg_logical_slot_peek_changes('numbers', null, null)")
                .query((change, _) -> row.matcher(change.getString(1)))
                .stream()
                .filter(Matcher::matches)
                .collect(groupingBy(
                        matcher -> matcher.group(1), mapping(matcher -> Long.valueOf(matcher.group(2)), toList())));
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static Stream<PlayerId> players(int count) {
        return IntStream.range(0, count).mapToObj(i -> new PlayerId("player" + i));
    }

    private static <T> List<T> shuffled(List<T> list) {
        var copy = new ArrayList<>(list);
        Collections.shuffle(copy, new Random(list.hashCode()));
        return copy;
    }
}
