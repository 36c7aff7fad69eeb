package dev.rustbridge.boot.properties;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * A source of properties in which those below one name appear below another, so that the
 * defaults can be laid under each bridge. Placeholders are resolved here, and an empty
 * value counts as not set: it lets the layer below show through.
 */
class BridgeLayer implements ConfigurationPropertySource {

	private final ConfigurationPropertySource source;

	private final ConfigurationPropertyName from;

	private final ConfigurationPropertyName to;

	private final Placeholders placeholders;

	BridgeLayer(ConfigurationPropertySource source, ConfigurationPropertyName from, ConfigurationPropertyName to,
			Placeholders placeholders) {
		this.source = source;
		this.from = from;
		this.to = to;
		this.placeholders = placeholders;
	}

	static ConfigurationPropertySource of(ConfigurationPropertySource source, ConfigurationPropertyName from,
			ConfigurationPropertyName to, Placeholders placeholders) {
		return (source instanceof IterableConfigurationPropertySource iterable)
				? new Enumerable(iterable, from, to, placeholders) : new BridgeLayer(source, from, to, placeholders);
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		ConfigurationPropertyName inner = inner(name);
		if (inner == null) {
			return null;
		}
		ConfigurationProperty property = this.placeholders.resolve(this.source.getConfigurationProperty(inner));
		if (property != null && isEmpty(property) && !BridgeKeys.keepsEmpty(name.subName(length(this.to)))) {
			return null;
		}
		return property;
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		ConfigurationPropertyName inner = inner(name);
		return (inner != null) ? this.source.containsDescendantOf(inner) : ConfigurationPropertyState.ABSENT;
	}

	@Override
	public @Nullable Object getUnderlyingSource() {
		return this.source.getUnderlyingSource();
	}

	private @Nullable ConfigurationPropertyName inner(ConfigurationPropertyName name) {
		if (!this.to.equals(name) && !this.to.isAncestorOf(name)) {
			return null;
		}
		return this.from.append(name.subName(length(this.to)));
	}

	private static boolean isEmpty(ConfigurationProperty property) {
		return property.getValue() instanceof CharSequence text && text.isEmpty();
	}

	private static int length(ConfigurationPropertyName name) {
		return name.getNumberOfElements();
	}

	/**
	 * A layer over a source whose names are known.
	 */
	private static final class Enumerable extends BridgeLayer implements IterableConfigurationPropertySource {

		private final IterableConfigurationPropertySource source;

		private final ConfigurationPropertyName from;

		private final ConfigurationPropertyName to;

		Enumerable(IterableConfigurationPropertySource source, ConfigurationPropertyName from,
				ConfigurationPropertyName to, Placeholders placeholders) {
			super(source, from, to, placeholders);
			this.source = source;
			this.from = from;
			this.to = to;
		}

		@Override
		public Stream<ConfigurationPropertyName> stream() {
			return this.source.stream()
				.filter(this.from::isAncestorOf)
				.map((name) -> this.to.append(name.subName(length(this.from))));
		}

		@Override
		public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
			return super.containsDescendantOf(name);
		}

	}

}
