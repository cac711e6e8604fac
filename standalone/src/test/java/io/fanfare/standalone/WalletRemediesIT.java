package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.standalone.Commands.Ended;
import io.fanfare.standalone.Web.Answer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What operators do about wallets that do not go on, and {@code ./fanfare rebuild}, on the real parts. */
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
    void a_rebuild_is_asked_for_and_looked_on_until_it_is_live() {
        JsonNode begun = commands.run("rebuild wallets --no-wait --json").well().json();
        Ended followed = commands.run("rebuild wallets --patience 120");

        int building = begun.path("building").asInt(begun.path("live").asInt());
        assertThat(building).isGreaterThanOrEqualTo(2);
        assertThat(followed.well().out()).containsPattern("generation [0-9]+ of wallets is live");
        assertThat(commands.run("rebuild boards").code()).isEqualTo(2);
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
        try (Connection database = DriverManager.getConnection(
                        platform.jdbcUrl(), DurablePostgres.USER, DurablePostgres.PASSWORD);
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
