package dev.rustbridge.model;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What two sides can agree on beyond the classic protocol.
 */
public enum Capability {

	CANCEL, CREDIT, DEADLINE, TRACE, ERRORS, CALLS, UPLOAD, BYTES;

	public static Set<Capability> none() {
		return EnumSet.noneOf(Capability.class);
	}

	public static Set<Capability> all() {
		return EnumSet.allOf(Capability.class);
	}

	static Set<Capability> allBut(Capability left) {
		return EnumSet.complementOf(EnumSet.of(left));
	}

	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static List<String> wireNames(Collection<Capability> capabilities) {
		return capabilities.stream().map(Capability::wireName).toList();
	}

}
