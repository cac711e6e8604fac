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

    /** Whether those may come too who say of which tenant they are guests and nothing more. */
    boolean guests() default false;
}
