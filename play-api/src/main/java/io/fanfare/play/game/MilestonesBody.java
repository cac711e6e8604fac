package io.fanfare.play.game;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.MilestoneMode;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.wallet.Currency;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sends of a game's milestones.
 *
 * @param mode cumulative_unlock or spend_exchange
 * @param autoGrant reaching one grants it, without a redemption
 */
record MilestonesBody(
        @Nullable String currency,
        @Nullable String mode,
        @Nullable Boolean autoGrant,
        @Nullable List<MilestoneBody> milestones) {

    private static final String FIELD = "milestones";

    /**
     * One of them.
     *
     * @param threshold at least 1
     */
    record MilestoneBody(
            @Nullable String milestoneId,
            @Nullable Long threshold,
            @Nullable String prizeId) {

        static MilestoneBody of(Milestone milestone) {
            return new MilestoneBody(
                    milestone.id().value(),
                    milestone.threshold(),
                    milestone.prize().value());
        }
    }

    static MilestonesBody of(Milestones milestones) {
        return new MilestonesBody(
                milestones.currency().code(),
                milestones.mode().wireName(),
                milestones.isGrantedUnasked(),
                milestones.milestones().stream().map(MilestoneBody::of).toList());
    }

    /** The field of the prize of a milestone. */
    static String prizeField(int place) {
        return "%s.milestones[%d].prize_id".formatted(FIELD, place);
    }

    /** Empty where something is wrong with them; violations are collected, not thrown. */
    Optional<Milestones> read(Violations violations) {
        var found = new Violations();
        Currency readCurrency = currency(found);
        MilestoneMode readMode =
                found.requiredWord(FIELD + ".mode", mode, MilestoneMode.CUMULATIVE_UNLOCK, MilestoneMode::wireName);
        boolean readAutoGrant = requireNonNullElse(autoGrant, false);
        if (readAutoGrant && readMode != MilestoneMode.CUMULATIVE_UNLOCK) {
            found.add(FIELD + ".auto_grant", "is true, but the player decides what to pay for: mode is " + mode);
        }
        List<Milestone> read = milestones(found);
        if (found.isEmpty()) {
            return Optional.of(new Milestones(readCurrency, readMode, readAutoGrant, read));
        }
        violations.addAll(found);
        return Optional.empty();
    }

    private Currency currency(Violations violations) {
        String field = FIELD + ".currency";
        String read = violations.text(field, currency, Currency.MAX_LENGTH);
        if (read.isBlank() || read.length() > Currency.MAX_LENGTH) {
            return new Currency("none");
        }
        if (read.chars().anyMatch(Character::isISOControl)) {
            violations.add(field, "holds a character that cannot be printed");
            return new Currency("none");
        }
        return new Currency(read);
    }

    private List<Milestone> milestones(Violations violations) {
        String field = FIELD + ".milestones";
        List<MilestoneBody> bodies = requireNonNullElse(milestones, List.of());
        if (bodies.isEmpty() || bodies.size() > Milestones.MAX) {
            violations.add(field, "has %d entries, expected 1 to %d".formatted(bodies.size(), Milestones.MAX));
            return List.of();
        }
        List<Milestone> read = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int place = 0; place < bodies.size(); place++) {
            milestone("%s[%d]".formatted(field, place), bodies.get(place), ids, violations)
                    .ifPresent(read::add);
        }
        return read;
    }

    private static Optional<Milestone> milestone(
            String field, @Nullable MilestoneBody body, Set<String> ids, Violations violations) {
        if (body == null) {
            violations.add(field, "is null");
            return Optional.empty();
        }
        String id = violations.text(field + ".milestone_id", body.milestoneId(), MilestoneId.MAX_LENGTH);
        boolean hasId = MilestoneId.isValid(id);
        if (!hasId && !id.isBlank() && id.length() <= MilestoneId.MAX_LENGTH) {
            violations.add(field + ".milestone_id", "is '%s', expected letters, digits, '_', '-' or '.'".formatted(id));
        }
        if (hasId && !ids.add(id)) {
            violations.add(field + ".milestone_id", "is '%s', as that of another milestone".formatted(id));
        }
        long threshold = violations.number(field + ".threshold", body.threshold(), 1, Long.MAX_VALUE);
        String prize = violations.text(field + ".prize_id", body.prizeId(), OpaqueId.MAX_LENGTH);
        boolean hasPrize = OpaqueId.isValid(prize);
        if (!hasPrize && !prize.isBlank() && prize.length() <= OpaqueId.MAX_LENGTH) {
            violations.add(field + ".prize_id", "is no id of a prize");
        }
        return hasId && hasPrize && threshold >= 1
                ? Optional.of(new Milestone(new MilestoneId(id), threshold, new PrizeId(prize)))
                : Optional.empty();
    }
}
