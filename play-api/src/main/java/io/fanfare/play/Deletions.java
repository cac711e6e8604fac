package io.fanfare.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.store.Deletion;
import java.util.Map;

/** What operators are told when they delete something. */
public final class Deletions {

    private Deletions() {}

    /**
     * When it was deleted, in unix seconds; refused as RESOURCE_NOT_FOUND or RESOURCE_IN_USE where it was not.
     *
     * @param what its kind, as people call it
     */
    public static long deletedAt(Deletion deletion, String what, Object id) {
        return switch (requireNonNull(deletion, "deletion")) {
            case Deletion.Deleted deleted -> Times.seconds(deleted.at());
            case Deletion.NotFound() -> throw Refused.notFound(what, id);
            case Deletion.Active() ->
                throw new Refused(
                        Reason.RESOURCE_IN_USE,
                        "the %s is active: pause or end it first".formatted(what),
                        Map.of("status", "active"));
            case Deletion.InUse inUse ->
                throw new Refused(
                        Reason.RESOURCE_IN_USE,
                        "the %s is needed by %s".formatted(what, String.join(", ", inUse.by())),
                        Map.of("used_by", String.join(",", inUse.by())));
        };
    }
}
