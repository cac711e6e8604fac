package io.fanfare.bench.play;

import io.fanfare.engine.play.DecidedPlay;
import java.sql.SQLException;

/** A way to make a decided play a fact. For many threads. */
interface Contender extends AutoCloseable {

    /**
     * Does beforehand what need not be measured.
     *
     * @param play whose session is open
     * @return what commits it, once
     */
    Commit prepared(DecidedPlay play);

    @Override
    void close();

    /** Returns when the play is on disk. */
    @FunctionalInterface
    interface Commit {

        /** @throws IllegalStateException where it was refused */
        void run() throws SQLException, InterruptedException;
    }
}
