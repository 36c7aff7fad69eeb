package dev.rustbridge.boot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Says how failures of the {@link BridgeHandler handlers} of the same bean are told to
 * the daemon. The method takes the exception, and its type says which are meant; the
 * nearest one wins. It returns the words of the error, or {@code null} for those of the
 * exception. For a handler that replies to an event it may return the parameters of the
 * reply instead.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface BridgeExceptionHandler {

	/**
	 * The code of the error.
	 * @return the code, as {@code NOT_FOUND}
	 */
	String code() default "INTERNAL";

}
