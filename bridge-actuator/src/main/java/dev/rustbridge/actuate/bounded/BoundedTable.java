package dev.rustbridge.actuate.bounded;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What belongs to the first so many names, and one thing for all the others. Thread-safe;
 * finding that of a known name is one look into a map.
 *
 * @param <T> what belongs to a name
 */
public final class BoundedTable<T> {

	/** Stands for all names that came too late. */
	public static final String OTHER = "other";

	/** A longer one is no name that anybody would look for in a dashboard. */
	private static final int LONGEST_NAME = 128;

	private final ConcurrentMap<String, T> known = new ConcurrentHashMap<>();

	private final int limit;

	private final Function<String, T> factory;

	private volatile boolean full;

	private volatile @Nullable T other;

	/**
	 * Makes an empty table.
	 * @param limit how many names have something of their own
	 * @param factory makes what belongs to a name
	 */
	public BoundedTable(int limit, Function<String, T> factory) {
		this.limit = limit;
		this.factory = factory;
	}

	/**
	 * What belongs to a name.
	 * @param name the name
	 * @return its own, or that of {@value #OTHER}
	 */
	public T get(String name) {
		T found = this.known.get(name);
		if (found != null) {
			return found;
		}
		T rest = this.other;
		return (this.full && rest != null) ? rest : admit(name);
	}

	private synchronized T admit(String name) {
		T found = this.known.get(name);
		if (found != null) {
			return found;
		}
		this.full = this.known.size() >= this.limit;
		if (this.full || name.isBlank() || name.length() > LONGEST_NAME) {
			return other();
		}
		T made = this.factory.apply(name);
		this.known.put(name, made);
		return made;
	}

	private T other() {
		T rest = this.other;
		if (rest == null) {
			rest = this.factory.apply(OTHER);
			this.other = rest;
		}
		return rest;
	}

	/**
	 * Visits what there is, that of {@value #OTHER} included.
	 * @param visitor is given each name and what belongs to it
	 */
	public void forEach(BiConsumer<String, T> visitor) {
		this.known.forEach(visitor);
		T rest = this.other;
		if (rest != null) {
			visitor.accept(OTHER, rest);
		}
	}

}
