package dev.rustbridge.boot.bean;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.rustbridge.InvalidOptionException;
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
import dev.rustbridge.boot.properties.RustBridgePropertiesBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
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

	private final RustBridgePropertiesBinder binder;

	private final String hostName;

	private final String hostVersion;

	private final Set<String> made = ConcurrentHashMap.newKeySet();

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
		this.binder = new RustBridgePropertiesBinder(environment);
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
		builder.jsonMapper(this.mappers.mapper(name));
		BridgePropertiesMapper.apply(bridge, builder);
		locate(name, builder);
		this.customizers.forEach((customizer) -> customizer.customize(name, builder));
		try {
			RustBridge made = builder.build();
			this.made.add(name);
			return made;
		}
		catch (InvalidOptionException ex) {
			throw invalid(name, ex);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidBridgeConfigurationException(List.of(new Problem("rustbridge.bridges." + name, null, null,
					String.valueOf(ex.getMessage()), "Put right what the reason names.")), ex);
		}
	}

	/**
	 * Whether a bridge was made here, not by the application itself.
	 * @param name the bridge's name
	 * @return {@code true} for a declared bridge that was not replaced
	 */
	public boolean hasMade(String name) {
		return this.made.contains(name);
	}

	private InvalidBridgeConfigurationException invalid(String name, InvalidOptionException ex) {
		ConfigurationProperty property = this.binder.find(name, ex.property());
		String propertyName = (property != null) ? property.getName().toString()
				: "rustbridge.bridges." + name + "." + ex.property();
		Object value = (property != null) ? property.getValue() : null;
		return new InvalidBridgeConfigurationException(List
			.of(new Problem(propertyName, value, Origin.from(property), "it " + ex.problem(),
					(property != null) ? "Set it to a value within these bounds."
							: "Set it to a value within these bounds. It is not set in the properties: see what the "
									+ "RustBridgeCustomizer beans set.")),
				ex);
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
