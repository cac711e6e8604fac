package io.fanfare.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Serves the platform as a whole, no tenant in particular. Every other public method of this module takes a tenant or
 * something of one; an architecture test sees to it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AcrossTenants {

    /** Why it can do without a tenant. */
    String value();
}
