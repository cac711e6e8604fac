package io.fanfare.bench.crash;

import io.fanfare.bench.load.Crowd;
import io.fanfare.bench.load.Customers;
import io.fanfare.bench.load.WalletFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everybody who uses the platform while it dies.
 *
 * @param crowd plays on for as long as it takes
 * @param customers use their wallets, and have an end; empty where nobody does
 */
record Load(Crowd crowd, Optional<Customers> customers) {

    /** What part of the customers' operations is behind them, from 0 to 1. */
    record Share(double part) {}

    /** So that the kills are spread evenly over what is done. */
    Share share(int number, int of) {
        return new Share((double) number / of);
    }

    boolean hasDone(Share share) {
        return customers.map(all -> all.progress() >= share.part()).orElse(true);
    }

    /** Customers have no more behind them than this before it is said again: otherwise the last kills would find them gone. */
    void goOnTo(Share share) {
        customers.ifPresent(all -> all.allow(share.part()));
    }

    void enter() {
        crowd.enter();
        customers.ifPresent(Customers::enter);
    }

    /** Returns when everybody has had their last answer, and the customers have done everything. */
    void leave() throws IOException, InterruptedException {
        if (customers.isPresent()) {
            customers.get().leave();
        }
        crowd.leave();
    }

    int inFlight() {
        return crowd.inFlight() + customers.map(Customers::inFlight).orElse(0);
    }

    boolean isLosingPlayers() {
        return crowd.isLosingPlayers()
                || customers.map(Customers::isLosingPlayers).orElse(false);
    }

    List<String> complaints() {
        var complaints = new ArrayList<>(crowd.complaints());
        customers.map(Customers::complaints).ifPresent(complaints::addAll);
        return complaints;
    }

    Optional<WalletFigures> walletFigures() {
        return customers.map(Customers::figures);
    }
}
