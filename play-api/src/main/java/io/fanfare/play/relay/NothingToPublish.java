package io.fanfare.play.relay;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A route that is no reading one by its method, and yet leaves nothing to be published: it is answered however far the relay is
 * behind. Not for what players do in numbers: a start publishes nothing, but fills the log that waits for the relay.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface NothingToPublish {}
