package io.fanfare.engine.shape;

import io.fanfare.engine.config.FieldViolation;
import java.util.List;

/** A part of a game, configured today or long ago. */
public interface Part {

    /**
     * What nobody may save any more, by rules that are younger than the part's name. It is asked when a game is saved and never
     * when one is read: what was saved before such a rule is played, and its plays are replayed, as ever.
     *
     * @return the fields as they are called inside the part's configuration
     */
    default List<FieldViolation> outdated() {
        return List.of();
    }
}
