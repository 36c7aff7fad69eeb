package dev.rustbridge.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an argument one member of the command's parameters. Needed for an only argument
 * that would be taken for all of them, for a name that Java can't have, and where classes
 * are compiled without {@code -parameters}.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Param {

	/**
	 * The member's name.
	 * @return the name; empty for that of the parameter
	 */
	String value() default "";

}
