package dev.rustbridge.boot;

import java.util.Collection;

import dev.rustbridge.RustBridge;
import org.jspecify.annotations.Nullable;

/**
 * All bridges of the application by their own names, declared and programmatic ones.
 */
public interface RustBridgeRegistry extends Iterable<RustBridge> {

	/**
	 * A bridge.
	 * @param name its name
	 * @return the bridge
	 * @throws UnknownBridgeException when there is none of that name
	 */
	RustBridge get(String name);

	/**
	 * A bridge, if there is one.
	 * @param name its name
	 * @return the bridge, {@code null} when there is none of that name
	 */
	@Nullable RustBridge find(String name);

	/**
	 * The names of all bridges.
	 * @return the names
	 */
	Collection<String> names();

}
