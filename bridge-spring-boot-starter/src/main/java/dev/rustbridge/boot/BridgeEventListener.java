package dev.rustbridge.boot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes a method of a bean a listener to events of daemons. Its parameter, if it has one,
 * is the event's data, bound to the parameter's full type, or a {@link RustBridgeEvent}.
 * <p>
 * It is called on a thread of the bridge's dispatcher and may block: that delays the
 * events of this bridge only. What it throws is logged, and other listeners are called
 * all the same. A {@code Mono} or {@code Flux} that it returns is subscribed to, and what
 * that emits is published as an event, as is any other value.
 *
 * @see RustBridgeEvent
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@EventListener(RustBridgeEvent.class)
@Reflective(PayloadReflectiveProcessor.class)
public @interface BridgeEventListener {

	/**
	 * The bridge.
	 * @return the bridge's name; empty for every bridge
	 */
	String bridge() default "";

	/**
	 * The events.
	 * @return a name in which {@code *} stands for any characters
	 */
	String event() default "*";

	/**
	 * A condition in SpEL, as that of {@link EventListener}.
	 * @return the condition
	 */
	@AliasFor(annotation = EventListener.class, attribute = "condition")
	String condition() default "";

	/**
	 * An identifier of the listener, as that of {@link EventListener}.
	 * @return the identifier
	 */
	@AliasFor(annotation = EventListener.class, attribute = "id")
	String id() default "";

}
