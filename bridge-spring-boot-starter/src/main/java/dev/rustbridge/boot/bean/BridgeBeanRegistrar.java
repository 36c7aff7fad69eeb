package dev.rustbridge.boot.bean;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.properties.BridgeNames;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.env.Environment;

/**
 * Registers a bean for each declared bridge. Reads nothing but the keys: everything else
 * is bound when the bridges are made. The names are technical ones, which collide with
 * nothing; {@link BridgeBeanNames} gives the beans their own.
 */
public final class BridgeBeanRegistrar implements BeanRegistrar {

	static final String PREFIX = "rustBridge.";

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		for (String name : BridgeNames.declaredIn(environment)) {
			registry.registerBean(PREFIX + name, RustBridge.class,
					(spec) -> spec.description("Rust Bridge '" + name + "'")
						.supplier((context) -> context.bean(BridgeFactory.class).create(name)));
		}
	}

}
