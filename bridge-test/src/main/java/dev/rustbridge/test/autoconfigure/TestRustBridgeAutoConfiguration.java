package dev.rustbridge.test.autoconfigure;

import dev.rustbridge.boot.RustBridgeCustomizer;
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration;
import dev.rustbridge.boot.bean.BridgeJsonMappers;
import dev.rustbridge.boot.properties.BridgeNames;
import dev.rustbridge.test.AutoConfigureTestRustBridge;
import dev.rustbridge.test.ScriptedDaemonCustomizer;
import dev.rustbridge.test.ScriptedDaemons;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for {@link AutoConfigureTestRustBridge}: the daemons of all declared
 * bridges are scripted ones.
 */
@AutoConfiguration(before = RustBridgeAutoConfiguration.class)
@Import(ScriptedDaemonRegistrar.class)
public final class TestRustBridgeAutoConfiguration {

	static final String DAEMONS = "rustBridgeScriptedDaemons";

	@Bean(DAEMONS)
	ScriptedDaemons rustBridgeScriptedDaemons(Environment environment, ObjectProvider<BridgeJsonMappers> mappers,
			ObjectProvider<ScriptedDaemonCustomizer> customizers) {
		return new ScriptedDaemons(BridgeNames.declaredIn(environment), (bridge) -> mappers.getObject().mapper(bridge),
				customizers.orderedStream().toList());
	}

	/** Has the last word on where the daemons are. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	RustBridgeCustomizer rustBridgeScriptedTransport(ScriptedDaemons daemons) {
		return (bridge, builder) -> builder.readyEvent("ready").transport(daemons.get(bridge).transport());
	}

}
