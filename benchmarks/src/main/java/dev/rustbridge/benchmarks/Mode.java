package dev.rustbridge.benchmarks;

import java.util.List;

/** Which cores a contender and its daemon run on. */
public enum Mode {

	/** Wherever the scheduler likes. */
	ALL_CORES("On all cores", List.of()),
	/** Both on the first core. */
	PINNED("Pinned to one core", List.of("taskset", "-c", "0"));

	private final String title;

	private final List<String> prefix;

	Mode(String title, List<String> prefix) {
		this.title = title;
		this.prefix = prefix;
	}

	/** What the report calls it. */
	public String title() {
		return title;
	}

	/** What goes before a contender's command. */
	List<String> prefix() {
		return prefix;
	}

}
