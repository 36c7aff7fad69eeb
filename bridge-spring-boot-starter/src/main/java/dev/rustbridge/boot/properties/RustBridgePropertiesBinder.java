package dev.rustbridge.boot.properties;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.rustbridge.boot.properties.InvalidBridgeConfigurationException.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Binds {@code rustbridge.*}: the defaults merged under each bridge, maps entry by entry
 * and lists as a whole, and unknown keys refused.
 */
public final class RustBridgePropertiesBinder {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("rustbridge");

	private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("rustbridge.defaults");

	private final Environment environment;

	private final List<ConfigurationPropertySource> sources = new ArrayList<>();

	private final Placeholders placeholders;

	/**
	 * Makes a binder.
	 * @param environment what to bind from
	 */
	public RustBridgePropertiesBinder(Environment environment) {
		this.environment = environment;
		this.placeholders = new Placeholders(environment);
		ConfigurationPropertySources.get(environment).forEach(this.sources::add);
	}

	/**
	 * Binds all.
	 * @return the defaults and the bridges
	 * @throws InvalidBridgeConfigurationException when there are unknown keys or
	 * placeholders that can't be resolved
	 */
	public RustBridgeProperties bind() {
		refuseUnknownKeys();
		Map<String, BridgeProperties> bridges = new LinkedHashMap<>();
		for (String name : BridgeNames.declaredIn(this.environment)) {
			ConfigurationPropertyName property = BridgeNames.property(name);
			List<ConfigurationPropertySource> layers = new ArrayList<>(
					layers(BridgeNames.properties(name, this.sources), property));
			layers.addAll(layers(List.of(DEFAULTS), property));
			bridges.put(name, bind(property, layers));
		}
		return new RustBridgeProperties(bind(DEFAULTS, layers(List.of(DEFAULTS), DEFAULTS)), bridges);
	}

	/**
	 * Where a property of a bridge is set.
	 * @param bridge the bridge's name
	 * @param key the name below the bridge's own, as {@code reconnect.max-delay}
	 * @return the property as it is set for the bridge or in the defaults, {@code null}
	 * where it is set in neither
	 */
	public @Nullable ConfigurationProperty find(String bridge, String key) {
		List<ConfigurationPropertyName> parents = new ArrayList<>(BridgeNames.properties(bridge, this.sources));
		parents.add(DEFAULTS);
		for (ConfigurationPropertyName parent : parents) {
			for (ConfigurationPropertySource source : this.sources) {
				ConfigurationProperty property = source.getConfigurationProperty(parent.append(key));
				if (property != null) {
					return property;
				}
			}
		}
		return null;
	}

	private BridgeProperties bind(ConfigurationPropertyName name, List<ConfigurationPropertySource> layers) {
		return new Binder(layers).bindOrCreate(name.toString(), BridgeProperties.class);
	}

	private List<ConfigurationPropertySource> layers(Collection<ConfigurationPropertyName> from,
			ConfigurationPropertyName to) {
		return this.sources.stream()
			.flatMap((source) -> from.stream().map((name) -> BridgeLayer.of(source, name, to, this.placeholders)))
			.toList();
	}

	private void refuseUnknownKeys() {
		List<Problem> problems = new ArrayList<>();
		for (ConfigurationPropertySource source : this.sources) {
			if (source instanceof IterableConfigurationPropertySource iterable
					&& !BridgeNames.isSystemEnvironment(source)) {
				iterable.stream().filter(ROOT::isAncestorOf).forEach((name) -> {
					Problem problem = check(name, iterable);
					if (problem != null) {
						problems.add(problem);
					}
				});
			}
		}
		if (!problems.isEmpty()) {
			throw new InvalidBridgeConfigurationException(problems);
		}
	}

	private static @Nullable Problem check(ConfigurationPropertyName name, IterableConfigurationPropertySource source) {
		int keyAt = DEFAULTS.isAncestorOf(name) ? 2 : BridgeNames.BRIDGES.isAncestorOf(name) ? 3 : 1;
		ConfigurationPropertyName key = name.subName(keyAt);
		if (keyAt == 1) {
			String first = name.getElement(1, ConfigurationPropertyName.Form.DASHED);
			String meant = BridgeKeys.nearest(first, List.of("defaults", "bridges"));
			// other modules may have keys of their own here
			return (meant != null && !meant.equals(first))
					? problem(name, source, "there is no such property", "rustbridge." + meant) : null;
		}
		if (key.isEmpty()) {
			return isBlank(name, source) ? null
					: problem(name, source, "a bridge is a group of properties, not a value", name + ".binary.name");
		}
		if (BridgeKeys.isKnown(key)) {
			return null;
		}
		boolean group = BridgeKeys.isGroup(key);
		if (group && isBlank(name, source)) {
			return null;
		}
		String nearest = BridgeKeys.nearest(key);
		return problem(name, source,
				group ? "it is a group of properties, not one with a value" : "there is no such property",
				(nearest != null) ? name.chop(keyAt) + "." + nearest : null);
	}

	private static boolean isBlank(ConfigurationPropertyName name, IterableConfigurationPropertySource source) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return property == null || property.getValue().toString().isBlank();
	}

	private static Problem problem(ConfigurationPropertyName name, ConfigurationPropertySource source, String reason,
			@Nullable String meant) {
		return new Problem(name.toString(), null, Origin.from(source.getConfigurationProperty(name)), reason,
				(meant != null) ? "Did you mean '" + meant + "'?"
						: "Remove it, or see the list of properties under 'rustbridge.defaults'.");
	}

}
