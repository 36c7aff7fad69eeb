package dev.rustbridge.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface whose methods are commands of a daemon. Without Spring it is not
 * needed: {@link RustBridgeClients#create} takes any such interface.
 *
 * @see RustBridgeClients
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface RustBridgeClient {

	/**
	 * The bridge that the daemon is behind.
	 * @return the bridge's name
	 */
	String value();

}
