package dev.rustbridge.boot;

import tools.jackson.databind.json.JsonMapper;

/**
 * Changes the mapper of a declared bridge. From the application's own mapper a bridge
 * takes over modules, mix-ins and handlers, but neither naming strategy nor inclusion,
 * views, date format and features: those are made for the application's own API, and a
 * daemon knows nothing of them. Whatever of them a daemon does want is said here. Beans
 * of this type are called in their order, for every declared bridge.
 */
@FunctionalInterface
public interface BridgeJsonMapperCustomizer {

	/**
	 * Changes a mapper. Output stays on one line whatever is set here.
	 * @param bridge the bridge's name
	 * @param builder the mapper's builder
	 */
	void customize(String bridge, JsonMapper.Builder builder);

}
