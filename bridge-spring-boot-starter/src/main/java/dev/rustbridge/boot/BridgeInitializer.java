package dev.rustbridge.boot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Makes a method of a bean tell a daemon what it must know before it is of use: on every
 * new generation of every instance, after it is ready, ahead of all waiting commands. The
 * method takes a {@link dev.rustbridge.BridgeSession} and returns a {@code Mono} or
 * another reactive type, or nothing; it may block. Several are called in their
 * {@link org.springframework.core.annotation.Order}. A failure is a failed start.
 * <p>
 * For declared bridges: one that the application builds itself takes its initializers
 * from its builder.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface BridgeInitializer {

	/**
	 * The bridge.
	 * @return the bridge's name
	 */
	String bridge();

}
