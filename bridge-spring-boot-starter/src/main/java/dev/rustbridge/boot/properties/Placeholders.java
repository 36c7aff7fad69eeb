package dev.rustbridge.boot.properties;

import java.util.List;

import dev.rustbridge.boot.properties.InvalidBridgeConfigurationException.Problem;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

/**
 * Resolves {@code ${…}}, and unlike the binder refuses what can't be resolved: a path or
 * an argument with a literal {@code ${…}} in it is never what was meant.
 */
final class Placeholders {

	private final PropertyPlaceholderHelper helper = new PropertyPlaceholderHelper(
			SystemPropertyUtils.PLACEHOLDER_PREFIX, SystemPropertyUtils.PLACEHOLDER_SUFFIX,
			SystemPropertyUtils.VALUE_SEPARATOR, SystemPropertyUtils.ESCAPE_CHARACTER, false);

	private final Environment environment;

	Placeholders(Environment environment) {
		this.environment = environment;
	}

	@Nullable ConfigurationProperty resolve(@Nullable ConfigurationProperty property) {
		if (property == null || !(property.getValue() instanceof CharSequence text)) {
			return property;
		}
		String value = text.toString();
		try {
			String resolved = this.helper.replacePlaceholders(value, this.environment::getProperty);
			return resolved.equals(value) ? property
					: new ConfigurationProperty(property.getName(), resolved, property.getOrigin());
		}
		catch (PlaceholderResolutionException ex) {
			throw new InvalidBridgeConfigurationException(List.of(new Problem(property.getName().toString(), value,
					property.getOrigin(), "it can't be resolved: " + ex.getMessage(),
					"Set what the placeholder names, give it a default as in ${name:default}, "
							+ "or write \\${ where the text itself is meant.")),
					ex);
		}
	}

}
