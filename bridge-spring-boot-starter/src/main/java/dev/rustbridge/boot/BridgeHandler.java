package dev.rustbridge.boot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Makes a method of a bean the answer to what a daemon asks. A daemon asks in one of two
 * ways:
 * <ul>
 * <li>it calls a {@link #method()}: what the Java method returns is the result;</li>
 * <li>it sends an {@link #event()} and expects the command {@link #reply()}: what the
 * Java method returns becomes the parameters of that command, with the
 * {@code correlationId} of the event filled in where it is absent.</li>
 * </ul>
 * The method takes what the daemon sent, bound to the parameter's full type, and, if it
 * likes, the {@link dev.rustbridge.BridgeCall} or the {@link RustBridgeEvent}. It returns
 * a value, a {@code Mono} or another reactive type of one value. It is never called on an
 * I/O thread, so it may block.
 * <p>
 * A failure of a call is answered with a code: that of a {@link BridgeExceptionHandler}
 * of the same bean, or of a {@link BridgeHandlerException}; INVALID_PARAMS for an
 * {@code IllegalArgumentException} and for parameters that can't be bound;
 * PERMISSION_DENIED for Spring Security's {@code AccessDeniedException};
 * DEADLINE_EXCEEDED for a {@code TimeoutException}; else INTERNAL. The failure of a reply
 * is logged, and none is sent, unless a {@link BridgeExceptionHandler} returns one.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(PayloadReflectiveProcessor.class)
public @interface BridgeHandler {

	/**
	 * The bridge that the daemon is behind.
	 * @return the bridge's name
	 */
	String bridge();

	/**
	 * The method that the daemon calls. Only for declared bridges: one that the
	 * application builds itself takes its handlers from its builder.
	 * @return the method; empty where {@link #event()} and {@link #reply()} are set
	 */
	String method() default "";

	/**
	 * The event by which the daemon asks.
	 * @return the event's name, in which {@code *} stands for any characters
	 */
	String event() default "";

	/**
	 * The command that carries the answer to the event.
	 * @return the command
	 */
	String reply() default "";

	/**
	 * Whether the event is published in the application as well.
	 * @return {@code true} to have it seen by listeners too
	 */
	boolean publish() default false;

	/**
	 * How many may be answered at the same time. Further ones wait.
	 * @return the limit, at least 1
	 */
	int concurrency() default 64;

}
