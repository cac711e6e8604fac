package io.fanfare.bench.load;

import io.fanfare.bench.load.Insisting.Settled;
import io.fanfare.bench.load.Tally.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * How somebody redeems in a {@link Shop}, insisting on an answer as in {@link Gaming}. What is begun and not decided is asked after
 * where its {@code Location} leads. Every answer goes to the {@link Acks}. For all threads.
 */
public final class Redeeming {

    private final Api api;
    private final Wheel wheel;
    private final Acks acks;
    private final Insisting insisting;

    /** @param patience how long one request is repeated before that counts as a failure of the platform */
    public Redeeming(Api api, Shop shop, Acks acks, Duration patience) {
        this.wheel = shop.wheel();
        this.api = api.as(Map.of("X-Tenant-Id", wheel.tenant()));
        this.acks = acks;
        this.insisting = new Insisting(patience);
    }

    /**
     * Buys a mug. {@code key} is the player's own, and never used again.
     *
     * @throws IOException where there is no definite answer within the patience
     */
    public Redeemed redeem(String player, String key) throws IOException {
        String what = "redemption of %s under key %s".formatted(player, key);
        Settled settled = insisting.post(
                what,
                api.as(Map.of("X-Player-Id", player, "Idempotency-Key", key)),
                "/api/v1/games/%s/redeem".formatted(wheel.game()),
                "{\"milestone_id\": \"%s\"}".formatted(Shop.MUG));
        Told told = Told.of(Kind.REDEEM, settled);
        acks.redemption(wheel.tenant(), player, key, told);
        return switch (told) {
            case Told.Done _ ->
                new Redeemed.Granted(
                        settled.repeats(), settled.isFollowed(), settled.end().heardNanos());
            case Told.Refused refused -> new Redeemed.Denied("%s was refused: %s".formatted(what, refused.reason()));
            case Told.Wrong(String complaint) -> new Redeemed.Denied(what + " was " + complaint);
        };
    }
}
