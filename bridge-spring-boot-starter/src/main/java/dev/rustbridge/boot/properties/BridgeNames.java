package dev.rustbridge.boot.properties;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The names of the bridges that are declared: the keys below {@code rustbridge.bridges}.
 */
public final class BridgeNames {

	static final ConfigurationPropertyName BRIDGES = ConfigurationPropertyName.of("rustbridge.bridges");

	private BridgeNames() {
	}

	/**
	 * The declared names, in the order of their declaration. Reads nothing but names, so
	 * it may be called while beans are still being defined.
	 * @param environment where to look
	 * @return the names; those that are equal in relaxed form are one. How it is written
	 * says the source of least precedence, as the application's own file: whoever
	 * overrides a property of a bridge does not rename it. An environment variable, which
	 * can't tell {@code myBridge} from {@code my-bridge}, never decides
	 */
	public static List<String> declaredIn(Environment environment) {
		Map<String, String> written = new LinkedHashMap<>();
		Map<String, String> fromVariables = new LinkedHashMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean variables = isSystemEnvironment(source);
				Map<String, String> here = new LinkedHashMap<>();
				iterable.stream()
					.filter(BRIDGES::isAncestorOf)
					.filter((name) -> !variables || isKnownKey(name))
					.forEach((name) -> here.putIfAbsent(relaxed(name), name.getElement(2, Form.ORIGINAL)));
				(variables ? fromVariables : written).putAll(here);
			}
		}
		fromVariables.forEach(written::putIfAbsent);
		return new ArrayList<>(written.values());
	}

	static boolean isSystemEnvironment(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof PropertySource<?> propertySource
				&& propertySource.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
	}

	/**
	 * The name under which a bridge is bound. One with a dot or a capital letter in it
	 * can only be told in brackets.
	 */
	static ConfigurationPropertyName property(String bridge) {
		ConfigurationPropertyName plain = ConfigurationPropertyName.ofIfValid(BRIDGES + "." + bridge);
		return (plain != null && plain.getNumberOfElements() == 3) ? plain : BRIDGES.append("[" + bridge + "]");
	}

	/**
	 * All names under which a bridge may be set. In brackets each is another one to the
	 * binder, so those are taken as they are written.
	 */
	static Collection<ConfigurationPropertyName> properties(String bridge,
			Iterable<ConfigurationPropertySource> sources) {
		Set<ConfigurationPropertyName> names = new LinkedHashSet<>();
		names.add(property(bridge));
		ConfigurationPropertyName plain = ConfigurationPropertyName.adapt(BRIDGES + "." + bridge, '.');
		if (plain.getNumberOfElements() == 3) {
			names.add(plain);
		}
		String relaxed = relaxed(bridge);
		for (ConfigurationPropertySource source : sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter((name) -> BRIDGES.isAncestorOf(name) && relaxed(name).equals(relaxed))
					.forEach((name) -> names.add(name.chop(3)));
			}
		}
		return names;
	}

	/** Of a variable's name only a known key tells where the bridge's name ends. */
	private static boolean isKnownKey(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 3 && BridgeKeys.isKnown(name.subName(3));
	}

	private static String relaxed(ConfigurationPropertyName name) {
		return relaxed(name.getElement(2, Form.ORIGINAL));
	}

	private static String relaxed(String name) {
		return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
	}

}
