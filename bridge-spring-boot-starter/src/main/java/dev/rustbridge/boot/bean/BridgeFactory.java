package dev.rustbridge.boot.bean;

import java.util.List;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeConnectionDetails;
import dev.rustbridge.boot.RustBridgeConnectionDetails.Executable;
import dev.rustbridge.boot.RustBridgeConnectionDetails.Location;
import dev.rustbridge.boot.RustBridgeConnectionDetails.Socket;
import dev.rustbridge.boot.RustBridgeCustomizer;
import dev.rustbridge.boot.UnknownBridgeException;
import dev.rustbridge.boot.properties.BridgeProperties;
import dev.rustbridge.boot.properties.InvalidBridgeConfigurationException;
import dev.rustbridge.boot.properties.InvalidBridgeConfigurationException.Problem;
import dev.rustbridge.boot.properties.RustBridgeProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * Makes the declared bridges: from their properties, then where their daemon is, then
 * what the application has to say.
 */
public final class BridgeFactory {

	private final RustBridgeProperties properties;

	private final BridgeJsonMappers mappers;

	private final @Nullable RustBridgeConnectionDetails connectionDetails;

	private final List<RustBridgeCustomizer> customizers;

	private final String hostName;

	private final String hostVersion;

	/**
	 * Makes a factory.
	 * @param properties the properties of all bridges
	 * @param mappers makes their mappers
	 * @param connectionDetails says where daemons are, if anything does
	 * @param customizers in their order
	 * @param environment names the application
	 */
	public BridgeFactory(RustBridgeProperties properties, BridgeJsonMappers mappers,
			@Nullable RustBridgeConnectionDetails connectionDetails, List<RustBridgeCustomizer> customizers,
			Environment environment) {
		this.properties = properties;
		this.mappers = mappers;
		this.connectionDetails = connectionDetails;
		this.customizers = customizers;
		this.hostName = environment.getProperty("spring.application.name", "spring");
		this.hostVersion = environment.getProperty("spring.application.version", "");
	}

	/**
	 * Makes a bridge.
	 * @param name its name
	 * @return the bridge, not started
	 * @throws InvalidBridgeConfigurationException when a value is out of its bounds
	 */
	public RustBridge create(String name) {
		BridgeProperties bridge = this.properties.bridges().get(name);
		if (bridge == null) {
			throw new UnknownBridgeException(name, this.properties.bridges().keySet(), "its own bean");
		}
		RustBridge.Builder builder = RustBridge.builder(name);
		builder.host(this.hostName, this.hostVersion);
		builder.jsonMapper(this.mappers.create(name));
		BridgePropertiesMapper.apply(bridge, builder);
		locate(name, builder);
		this.customizers.forEach((customizer) -> customizer.customize(name, builder));
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidBridgeConfigurationException(
					List.of(new Problem("rustbridge.bridges." + name, null, String.valueOf(ex.getMessage()),
							"Set it to a value within its bounds, for this bridge or under 'rustbridge.defaults'.")),
					ex);
		}
	}

	private void locate(String name, RustBridge.Builder builder) {
		Location location = (this.connectionDetails != null) ? this.connectionDetails.locate(name) : null;
		if (location == null) {
			return;
		}
		builder.binaryName(null).binaryEnvVar(null);
		if (location instanceof Executable executable) {
			builder.binaryPath(executable.path()).socketPath(null);
		}
		else if (location instanceof Socket socket) {
			builder.binaryPath(null).socketPath(socket.path());
		}
	}

}
