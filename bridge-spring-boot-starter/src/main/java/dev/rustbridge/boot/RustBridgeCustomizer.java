package dev.rustbridge.boot;

import dev.rustbridge.RustBridge;

/**
 * Changes a declared bridge before it is built, after its properties were applied. Beans
 * of this type are called in their order, for every declared bridge.
 */
@FunctionalInterface
public interface RustBridgeCustomizer {

	/**
	 * Changes a bridge.
	 * @param name the bridge's name
	 * @param builder its builder
	 */
	void customize(String name, RustBridge.Builder builder);

}
