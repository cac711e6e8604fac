package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.standalone.Commands.Ended;
import io.fanfare.standalone.Web.Answer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What operators do about wallets that do not go on, on the real parts. */
@ExtendWith(RunningPlatform.Extension.class)
class WalletRemediesIT {

    private static final String TENANT = "remedies";
    private static final String SCOPE = "camp_remedies";

    private final RunningPlatform platform;
    private final Web admin;
    private final Commands commands;

    WalletRemediesIT(RunningPlatform platform) {
        this.platform = platform;
        this.admin = platform.api().admin(TENANT);
        this.commands = new Commands(List.of(
                "--url",
                platform.api().base().toString(),
                "--kafka",
                platform.bootstrap(),
                "--registry",
                platform.registry().toString()));
    }

    @Test
    void a_wallet_goes_on_when_the_command_that_was_lost_is_replaced() throws Exception {
        assertThat(adjust("ada").status()).isEqualTo(200);
        loseTheNextNumber("ada");
        Answer waiting = adjust("ada");
        JsonNode gap = eventually(() -> wallet("ada"), wallet -> missing(wallet) == 2);

        Ended early = mend("ada", 1);
        Ended mended = mend("ada", 2);
        JsonNode after = eventually(() -> wallet("ada"), wallet -> balance(wallet) == 20);

        assertThat(waiting.status()).as("%s", waiting.body()).isEqualTo(202);
        assertThat(balance(gap)).isEqualTo(10);
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).contains("ALREADY_EXISTS", "number 1 is not missing");
        assertThat(mended.well().out()).contains("number 2 of ada", "lost for good");
        assertThat(missing(after)).isZero();
    }

    @Test
    void a_transfer_whose_credit_was_lost_arrives_when_it_is_retried() throws Exception {
        Answer terms = admin.put("/api/v1/admin/wallets/terms", """
                {"transfers": [{"currency": "points", "max_amount": 100, "max_per_day": 100}]}""");
        assertThat(terms.status()).as("%s", terms.body()).isEqualTo(200);
        adjust("margaret");
        adjust("barbara");
        String transfer;
        try (var _ = new LostCommands("barbara")) {
            transfer = send("margaret", "barbara", 4);
            eventually(
                    () -> transfer(transfer),
                    seen -> seen.path("status").asString().equals("sent"));
        }

        Ended early = retry(transfer);
        Ended listed = commands.run("wallet transfers --tenant %s --status sent".formatted(TENANT));
        mend("barbara", 2).well();
        Ended retried = eventually(() -> retry(transfer), ended -> ended.code() == 0);
        JsonNode arrived = eventually(
                () -> transfer(transfer), seen -> seen.path("status").asString().equals("completed"));
        Ended late = retry(transfer);

        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).contains("ALREADY_EXISTS", "may be applied still");
        assertThat(listed.well().out()).contains(transfer + " sent: 4 points", "waits for number 2 of barbara");
        assertThat(retried.out()).contains("attempt 2: " + transfer);
        assertThat(arrived.path("attempt").asInt()).isEqualTo(2);
        assertThat(late.err()).contains("completed: nothing of it is missing");
        assertThat(balance(eventually(() -> wallet("barbara"), wallet -> balance(wallet) != 10)))
                .isEqualTo(14);
        assertThat(balance(wallet("margaret"))).isEqualTo(6);
        assertThat(eventually(this::transferred, sum -> sum == 0)).isZero();
    }

    private String send(String from, String to, long amount) throws Exception {
        Answer sent =
                platform.api().player(TENANT, from).post("/api/v1/wallet/transfer", """
                        {"scope_key": "%s", "to_player_id": "%s", "currency": "points", "amount": %d}""".formatted(SCOPE, to, amount));
        assertThat(sent.status()).as("%s", sent.body()).isEqualTo(200);
        return sent.data().path("transfer_id").asString();
    }

    private JsonNode transfer(String id) throws Exception {
        return admin.get("/api/v1/admin/wallets/transfers/" + id).data();
    }

    private long transferred() throws Exception {
        return admin.get("/api/v1/admin/wallets/balance-sheet")
                .data()
                .at("/sheets/0/totals/transferred")
                .asLong(-1);
    }

    private Ended retry(String transfer) {
        return commands.run("wallet retry --tenant %s --transfer %s --reason lost".formatted(TENANT, transfer));
    }

    private Ended mend(String player, long sequence) {
        return commands.run("wallet mend --tenant %s --player %s --scope %s --sequence %d --reason lost"
                .formatted(TENANT, player, SCOPE, sequence));
    }

    private Answer adjust(String player) throws Exception {
        return admin.post("/api/v1/admin/wallets/adjust", """
                {"player_id": "%s", "scope_key": "%s", "currency": "points", "delta": 10, "reason": "remedies"}""".formatted(player, SCOPE));
    }

    /** As if the database had given it out and then lost the command. */
    private void loseTheNextNumber(String player) throws Exception {
        try (Connection database = database();
                PreparedStatement update = database.prepareStatement("""
                        update player_sequence set last_number = last_number + 1
                        where tenant_id = ? and player_id = ? and stream = ?
                        """)) {
            update.setString(1, TENANT);
            update.setString(2, player);
            update.setString(3, "wallet:" + SCOPE);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection(platform.jdbcUrl(), DurablePostgres.USER, DurablePostgres.PASSWORD);
    }

    /** As long as it is there, nothing is kept of commands for a player, and nothing is published: their numbers are given all the same. */
    private final class LostCommands implements AutoCloseable {

        LostCommands(String player) throws SQLException {
            execute("""
                    create function lose_it() returns trigger language plpgsql as 'begin return null; end'""", """
                    create trigger lose_it before insert on wallet_command for each row
                    when (new.tenant_id = '%s' and new.player_id = '%s') execute function lose_it()""".formatted(TENANT, player), """
                    create trigger lose_it before insert on outbox for each row
                    when (new.aggregateid = '%s/%s') execute function lose_it()""".formatted(TENANT, player));
        }

        @Override
        public void close() throws SQLException {
            execute("drop function lose_it cascade");
        }

        private void execute(String... statements) throws SQLException {
            try (Connection database = database();
                    Statement statement = database.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }
    }

    private JsonNode wallet(String player) throws Exception {
        return admin.get("/api/v1/admin/wallets/players/%s?scope_key=%s".formatted(player, SCOPE))
                .data();
    }

    private static long missing(JsonNode wallet) {
        return wallet.at("/freshness/wallets/0/missing_sequence").asLong(-1);
    }

    private static long balance(JsonNode wallet) {
        return wallet.at("/balances/0/balance").asLong(-1);
    }
}
