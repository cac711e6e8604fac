package io.fanfare.bench.load;

import io.fanfare.bench.load.Dealing.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Players of a market of their own, all at once; each does what the seed has for them, one thing after the other. Now and then somebody
 * asks for the same once more. In the end each must own what they were told.
 */
public final class Customers {

    private static final Duration PAUSE = Duration.ofMillis(60);
    private static final Duration GATE_POLL = Duration.ofMillis(20);
    private static final int REPEATS_EVERY = 20;

    private final OperationPlan plan;
    private final Dealing dealing;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> seated = new CopyOnWriteArrayList<>();
    private final AtomicLong done = new AtomicLong();
    private volatile double allowed;
    private volatile boolean leaving;
    private int audited;

    private Customers(OperationPlan plan, Dealing dealing) {
        this.plan = plan;
        this.dealing = dealing;
    }

    /**
     * Builds their market.
     *
     * @param players at least 2
     * @param operations of each
     * @param patience how long one request is repeated before that counts as a failure of the platform
     * @throws IOException where the platform refuses any of it
     */
    public static Customers of(
            Api api, String tenant, Acks acks, Duration patience, long seed, int players, int operations)
            throws IOException, InterruptedException {
        var plan = new OperationPlan(seed, players, operations);
        return new Customers(plan, new Dealing(api, Market.build(api, tenant, players), acks, patience));
    }

    public void enter() {
        for (int i = 0; i < plan.players(); i++) {
            int player = i;
            seated.add(threads.submit(() -> {
                visit(player);
                return null;
            }));
        }
    }

    /** What part of all their operations is behind them, from 0 to 1. */
    public double progress() {
        return (double) done.get() / plan.total();
    }

    /**
     * Lets them go on until this part of all operations is behind them; then they wait to be let on. Nothing is allowed at first.
     *
     * @param part from 0 to 1
     */
    public void allow(double part) {
        allowed = part;
    }

    public int inFlight() {
        return dealing.inFlight();
    }

    /** Whether somebody's patience has ended. */
    public boolean isLosingPlayers() {
        return !leaving && seated.stream().anyMatch(one -> one.state() == Future.State.FAILED);
    }

    /** What should not have been answered, or is not owned; the first few. */
    public List<String> complaints() {
        return dealing.complaints();
    }

    /** Returns when everybody has done everything, has seen what they sent arrive, and owns what they were told. */
    public void leave() throws IOException, InterruptedException {
        leaving = true;
        allow(1);
        join(seated);
        List<Future<?>> audits = new ArrayList<>();
        for (int i = 0; i < plan.players(); i++) {
            String player = Dealing.player(i);
            audits.add(threads.submit(() -> {
                dealing.audit(player);
                return null;
            }));
        }
        join(audits);
        audited = plan.players() - dealing.poor();
        threads.close();
    }

    public WalletFigures figures() {
        return dealing.tally().result(audited);
    }

    private void awaitGate() {
        while (progress() >= allowed) {
            LockSupport.parkNanos(GATE_POLL.toNanos());
        }
    }

    private static void join(List<Future<?>> all) throws IOException, InterruptedException {
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IOException("a player gave up: " + e.getCause(), e);
            }
        }
    }

    private void visit(int number) throws IOException {
        String player = Dealing.player(number);
        var sent = new ArrayList<Sent>();
        int step = 0;
        for (Operation operation : plan.of(number)) {
            awaitGate();
            String key = "op-%d".formatted(++step);
            dealing.carryOut(operation, player, key, sent);
            if (step % REPEATS_EVERY == REPEATS_EVERY / 2) {
                dealing.again(operation, player, key);
            }
            done.incrementAndGet();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        for (Sent transfer : sent) {
            dealing.follow(transfer);
        }
    }
}
