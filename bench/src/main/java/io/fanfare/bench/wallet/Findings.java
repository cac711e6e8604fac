package io.fanfare.bench.wallet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** What a {@link Half} has found. */
sealed interface Findings permits WalletReport, RedeemReport {

    boolean passed();

    /** For people. */
    String text();

    /** For programs: adds it to the report of the run. */
    void json(ObjectNode report) throws IOException;
}
