package io.fanfare.edge.health;

/** Something a service cannot serve without, or should be looked after. Every bean of this type is asked by {@code /readyz}, each within two seconds. */
public interface ReadinessCheck {

    /** One word for it, such as {@code database}. */
    String name();

    /** Asked anew each time; an exception counts as not ready. */
    Readiness check() throws Exception;

    /** What a check found. */
    sealed interface Readiness {

        record Ready() implements Readiness {}

        /**
         * It serves, and somebody should look at it.
         *
         * @param why for operators
         */
        record Warning(String why) implements Readiness {}

        /** @param why for operators */
        record NotReady(String why) implements Readiness {}
    }

    Readiness READY = new Readiness.Ready();
}
