package dev.rustbridge.boot;

import java.util.Collection;
import java.util.List;

/**
 * Something names a bridge that there is not.
 */
public final class UnknownBridgeException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String bridge;

	private final List<String> known;

	/**
	 * Makes a failure.
	 * @param bridge the name
	 * @param known the names that there are
	 * @param where who names it, as {@code the client dev.example.SearchClient}
	 */
	public UnknownBridgeException(String bridge, Collection<String> known, String where) {
		super("There is no bridge '%s', as named by %s; there are: %s".formatted(bridge, where,
				known.isEmpty() ? "none" : String.join(", ", known.stream().sorted().toList())));
		this.bridge = bridge;
		this.known = known.stream().sorted().toList();
	}

	/**
	 * The name that is not known.
	 * @return the name
	 */
	public String bridge() {
		return this.bridge;
	}

	/**
	 * The names that there are.
	 * @return the names, in alphabetical order
	 */
	public List<String> known() {
		return this.known;
	}

}
