package io.fanfare.engine.reward;

/** What somebody wants to do with a reward. */
public sealed interface RewardStep {

    /** The player asks for it. */
    record Claim() implements RewardStep {}

    /** It reached the player: a delivery says so, or an operator. */
    record Fulfil() implements RewardStep {}

    /**
     * An operator takes it back.
     *
     * @param restock a unit that was fulfilled goes back to stock; one that was not goes back anyway
     */
    record Revoke(boolean restock) implements RewardStep {}

    /** The sweeper finds that its time is over. */
    record Expire() implements RewardStep {}
}
