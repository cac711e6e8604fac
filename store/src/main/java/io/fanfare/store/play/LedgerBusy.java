package io.fanfare.store.play;

import java.util.concurrent.RejectedExecutionException;

/** More comes in than can be committed. Nothing was written; the same request may come again in a moment. */
public final class LedgerBusy extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    LedgerBusy(String why) {
        super(why);
    }
}
