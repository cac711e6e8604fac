package io.fanfare.bench.wallet;

import io.fanfare.schemas.Topics;
import io.fanfare.streams.runtime.StreamsApp;
import io.fanfare.streams.wallet.WalletsTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;

/** What reads the commands. */
enum Contender {
    /** Ours: the wallets app as the service runs it. */
    WALLETS("wallets"),
    /** The reference: gets, puts and forwards each record. */
    BARE("bare");

    private final String word;

    Contender(String word) {
        this.word = word;
    }

    /** On the command line. */
    String word() {
        return word;
    }

    static Contender of(String word) {
        return Arrays.stream(values())
                .filter(contender -> contender.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is no contender".formatted(word)));
    }

    StreamsApp app() {
        return switch (this) {
            case WALLETS -> WalletsTopology.app(new SimpleMeterRegistry());
            case BARE -> BareTopology.app();
        };
    }

    /** Where it writes. */
    String output() {
        return switch (this) {
            case WALLETS -> Topics.WALLET_ENTRIES.name();
            case BARE -> BareTopology.OUTPUT;
        };
    }
}
