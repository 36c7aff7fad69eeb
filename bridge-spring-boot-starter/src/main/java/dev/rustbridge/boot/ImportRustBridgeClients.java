package dev.rustbridge.boot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.rustbridge.boot.client.ClientImportRegistrar;

import org.springframework.context.annotation.Import;

/**
 * Makes beans of typed clients that are not found by themselves: those in other packages
 * than the application's, and those without a
 * {@link dev.rustbridge.client.RustBridgeClient} of their own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ImportRustBridgeClients.Several.class)
@Import(ClientImportRegistrar.class)
public @interface ImportRustBridgeClients {

	/**
	 * The bridge that the daemon is behind.
	 * @return the bridge's name; empty where the interfaces say it themselves
	 */
	String bridge() default "";

	/**
	 * The clients.
	 * @return the interfaces
	 */
	Class<?>[] types();

	/**
	 * Holds several of them.
	 */
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@Import(ClientImportRegistrar.class)
	@interface Several {

		/**
		 * The imports.
		 * @return the imports
		 */
		ImportRustBridgeClients[] value();

	}

}
