package io.fanfare.engine.wallet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rules of a wallet as somebody would check them on paper: every number has one holder, then all is added up. */
final class NaiveLedger {

    private static final BigInteger MOST = BigInteger.TWO.pow(63).subtract(BigInteger.ONE);
    private static final int REMEMBERED = 256;
    private static final int WAITING_ROOM = 1_000;

    private final Map<Long, Step> holders = new HashMap<>();
    private final List<String> verdicts = new ArrayList<>();
    private final Map<String, BigInteger> earned = new HashMap<>();
    private final Map<String, BigInteger> spent = new HashMap<>();
    private final Set<String> kinds = new TreeSet<>();

    record Step(String id, long number, boolean spend, String currency, long amount) {}

    String receive(Step step) {
        String kind = judge(step);
        kinds.add(kind);
        return kind;
    }

    Set<String> kindsOfOutcomes() {
        return kinds;
    }

    BigInteger available(String currency) {
        return earned(currency).subtract(spent(currency));
    }

    BigInteger earned(String currency) {
        return earned.getOrDefault(currency, BigInteger.ZERO);
    }

    BigInteger spent(String currency) {
        return spent.getOrDefault(currency, BigInteger.ZERO);
    }

    private String judge(Step step) {
        long done = verdicts.size();
        if (step.number() <= done - REMEMBERED) {
            return "ForgottenDuplicate";
        }
        if (step.number() > done + WAITING_ROOM) {
            return "TooFarAhead";
        }
        Step holder = holders.putIfAbsent(step.number(), step);
        if (holder != null && !holder.id().equals(step.id())) {
            return "Forked";
        }
        if (holder != null) {
            return step.number() <= done ? "Duplicate" : "AlreadyParked";
        }
        if (step.number() > done + 1) {
            return "Parked";
        }
        for (Step next = step; next != null; next = holders.get(verdicts.size() + 1L)) {
            verdicts.add(book(next));
        }
        return verdicts.get(Math.toIntExact(step.number() - 1));
    }

    private String book(Step step) {
        BigInteger amount = BigInteger.valueOf(step.amount());
        Map<String, BigInteger> total = step.spend() ? spent : earned;
        BigInteger after = total.getOrDefault(step.currency(), BigInteger.ZERO).add(amount);
        boolean tooLittle = step.spend() && available(step.currency()).compareTo(amount) < 0;
        if (tooLittle || after.compareTo(MOST) > 0) {
            return "Refused";
        }
        total.put(step.currency(), after);
        return "Posted";
    }
}
