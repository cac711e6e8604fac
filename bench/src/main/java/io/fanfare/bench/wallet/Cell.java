package io.fanfare.bench.wallet;

import java.util.Locale;

/**
 * What one app has reached with one kind of commands in one round.
 *
 * @param idle percent that the machine was idle before
 * @param perSecond commands that it has carried out and committed
 * @param appCpu seconds per 1,000 commands
 * @param brokerCpu seconds per 1,000 commands
 */
record Cell(Kind kind, int round, double idle, double perSecond, double appCpu, double brokerCpu) {

    /** What is measured. */
    enum Kind {
        BARE("bare, exactly once", Contender.BARE, true, false),
        UNIFORM("wallets, exactly once", Contender.WALLETS, true, false),
        HOT("wallets, one hot wallet", Contender.WALLETS, true, true),
        AT_LEAST_ONCE("wallets, at least once", Contender.WALLETS, false, false);

        private final String text;
        private final Contender contender;
        private final boolean exactlyOnce;
        private final boolean hot;

        Kind(String text, Contender contender, boolean exactlyOnce, boolean hot) {
            this.text = text;
            this.contender = contender;
            this.exactlyOnce = exactlyOnce;
            this.hot = hot;
        }

        String text() {
            return text;
        }

        Contender contender() {
            return contender;
        }

        boolean isExactlyOnce() {
            return exactlyOnce;
        }

        boolean isHot() {
            return hot;
        }

        String guarantee() {
            return exactlyOnce ? "exactly_once_v2" : "at_least_once";
        }
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "  %-24s %2d %9.0f/s   CPU s per 1,000: app %.3f, broker %.3f   (%.0f %% idle before)",
                kind.text(),
                round,
                perSecond,
                appCpu,
                brokerCpu,
                idle);
    }
}
