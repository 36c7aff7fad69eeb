package dev.rustbridge.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an argument of type {@link java.time.Duration} as the time to wait for this call,
 * over that of {@link Command#timeout()}. It is no parameter of the command.
 *
 * @see dev.rustbridge.CommandSpec#timeout
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Timeout {

}
