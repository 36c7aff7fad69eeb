package dev.rustbridge.boot.properties;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The keys that a bridge may have, read from {@link BridgeProperties}.
 */
final class BridgeKeys {

	private static final List<Key> KEYS = keys(BridgeProperties.class, "");

	private BridgeKeys() {
	}

	/**
	 * Whether a bridge has such a key.
	 * @param key the name below the bridge's own
	 * @return {@code true} for a key of the table, an element of its list or an entry of
	 * its map
	 */
	static boolean isKnown(ConfigurationPropertyName key) {
		return KEYS.stream().anyMatch((known) -> known.matches(key));
	}

	/**
	 * Whether an empty value says something: that a list is empty, or a variable.
	 * @param key the name below the bridge's own
	 * @return {@code false} where an empty value counts as not set
	 */
	static boolean keepsEmpty(ConfigurationPropertyName key) {
		return KEYS.stream().anyMatch((known) -> known.kind() != Kind.SCALAR && known.matches(key));
	}

	/**
	 * Whether it is a name above other keys, which has no value of its own.
	 * @param key the name below the bridge's own
	 * @return {@code true} for the likes of {@code binary}
	 */
	static boolean isGroup(ConfigurationPropertyName key) {
		return KEYS.stream().anyMatch((known) -> key.isAncestorOf(known.name()));
	}

	/**
	 * The known key that is most like an unknown one: of a group its first, which is what
	 * the group's value would mean.
	 * @param key the unknown key
	 * @return its name, {@code null} when none is like it
	 */
	static @Nullable String nearest(ConfigurationPropertyName key) {
		return KEYS.stream()
			.map((known) -> known.name())
			.filter(key::isAncestorOf)
			.map(ConfigurationPropertyName::toString)
			.findFirst()
			.orElseGet(() -> nearest(key.toString(), KEYS.stream().map((known) -> known.name().toString()).toList()));
	}

	static @Nullable String nearest(String text, List<String> candidates) {
		int limit = Math.max(2, text.length() / 3);
		return candidates.stream()
			.min(Comparator.comparingInt((candidate) -> distance(text, candidate)))
			.filter((candidate) -> distance(text, candidate) <= limit)
			.orElse(null);
	}

	private static int distance(String left, String right) {
		int[] previous = new int[right.length() + 1];
		for (int j = 0; j < previous.length; j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int[] current = new int[right.length() + 1];
			current[0] = i;
			for (int j = 1; j <= right.length(); j++) {
				int replaced = previous[j - 1] + ((left.charAt(i - 1) != right.charAt(j - 1)) ? 1 : 0);
				current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
			}
			previous = current;
		}
		return previous[right.length()];
	}

	private static List<Key> keys(Class<?> type, String prefix) {
		List<Key> keys = new ArrayList<>();
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + DataObjectPropertyName.toDashedForm(component.getName());
			if (component.getType().isRecord()) {
				keys.addAll(keys(component.getType(), name + "."));
			}
			else {
				keys.add(new Key(ConfigurationPropertyName.of(name), Kind.of(component.getType())));
			}
		}
		return keys;
	}

	private enum Kind {

		SCALAR, LIST, MAP;

		static Kind of(Class<?> type) {
			if (List.class.isAssignableFrom(type)) {
				return LIST;
			}
			return Map.class.isAssignableFrom(type) ? MAP : SCALAR;
		}

	}

	private record Key(ConfigurationPropertyName name, Kind kind) {

		boolean matches(ConfigurationPropertyName candidate) {
			return switch (this.kind) {
				case SCALAR -> this.name.equals(candidate);
				case LIST -> this.name.equals(candidate) || (this.name.isParentOf(candidate)
						&& candidate.isNumericIndex(this.name.getNumberOfElements()));
				case MAP -> this.name.equals(candidate) || this.name.isAncestorOf(candidate);
			};
		}

	}

}
