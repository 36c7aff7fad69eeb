package dev.rustbridge.boot.autoconfigure;

import dev.rustbridge.boot.properties.BridgeProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * The properties are bound by hand, so they are hinted at by hand.
 */
class RustBridgeRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindableRuntimeHintsRegistrar.forTypes(BridgeProperties.class).registerHints(hints, classLoader);
	}

}
