package io.fanfare.engine.milestone;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.wallet.Currency;
import java.util.List;
import java.util.Optional;

/**
 * The milestones of a game: at most {@value #MAX}, each with an id of its own.
 *
 * @param currency of the game's wallets that they are measured in
 * @param isGrantedUnasked whether reaching one grants it, without a redemption; in {@link MilestoneMode#CUMULATIVE_UNLOCK} only
 */
public record Milestones(Currency currency, MilestoneMode mode, boolean isGrantedUnasked, List<Milestone> milestones) {

    public static final int MAX = 100;

    public Milestones {
        requireNonNull(currency, "currency");
        requireNonNull(mode, "mode");
        milestones = List.copyOf(milestones);
        if (milestones.size() > MAX) {
            throw new IllegalArgumentException("%d milestones, expected at most %d".formatted(milestones.size(), MAX));
        }
        if (milestones.stream().map(Milestone::id).distinct().count() < milestones.size()) {
            throw new IllegalArgumentException("milestones are %s, expected ids of their own".formatted(milestones));
        }
        if (isGrantedUnasked && mode != MilestoneMode.CUMULATIVE_UNLOCK) {
            throw new IllegalArgumentException("%s cannot be granted unasked".formatted(mode.wireName()));
        }
    }

    public Optional<Milestone> find(MilestoneId id) {
        return milestones.stream()
                .filter(milestone -> milestone.id().equals(id))
                .findFirst();
    }

    /** The same measure with nothing to reach: what is left where milestones are taken away. */
    public Milestones withoutAny() {
        return new Milestones(currency, mode, false, List.of());
    }
}
