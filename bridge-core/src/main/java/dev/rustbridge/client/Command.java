package dev.rustbridge.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says more of a command than the method of the client does.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Command {

	/**
	 * The command, as the daemon names it.
	 * @return the name; empty for that of the method
	 */
	String value() default "";

	/**
	 * How long to wait, as {@link dev.rustbridge.CommandSpec#timeout} means it.
	 * @return a number with a unit ({@code ns}, {@code us}, {@code ms}, {@code s},
	 * {@code m}, {@code h}, {@code d}), as {@code 5s}, or the form of ISO-8601, as
	 * {@code PT5S}; empty for the bridge's own
	 */
	String timeout() default "";

	/**
	 * Whether sending it twice does no harm.
	 * @return {@code true} where it may be sent again after a lost connection
	 * @see dev.rustbridge.CommandSpec#idempotent()
	 */
	boolean idempotent() default false;

}
