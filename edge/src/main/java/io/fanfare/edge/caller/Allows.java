package io.fanfare.edge.caller;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who may use a route: callers with any of these roles. Each handler method carries this or {@link Public}. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Allows {
    Role[] value();

    /** Whether guests may come too: those who have no role. They have a player once they have started a game, not before. */
    boolean guests() default false;
}
