package dev.rustbridge.sample.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.rustbridge.sample.operations.PromQuery.LabelMatcher;
import dev.rustbridge.sample.operations.PromQuery.Selector;

/**
 * What Prometheus gets of an application: each metric with its labels and their values.
 */
final class Scrape {

	/** Added by Prometheus itself to all that it scrapes. */
	private static final Set<String> TARGET_LABELS = Set.of("job", "instance");

	private static final Pattern SERIES = Pattern.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(?<labels>.*)})? .*");

	private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

	private final Map<String, Map<String, Set<String>>> metrics = new LinkedHashMap<>();

	/** Reads the text format. */
	Scrape(String text) {
		text.lines().filter((line) -> !line.startsWith("#")).forEach((line) -> {
			Matcher series = SERIES.matcher(line);
			if (series.matches()) {
				Map<String, Set<String>> labels = this.metrics.computeIfAbsent(series.group("name"),
						(added) -> new LinkedHashMap<>());
				if (series.group("labels") != null) {
					LABEL.matcher(series.group("labels"))
						.results()
						.forEach((label) -> labels.computeIfAbsent(label.group(1), (added) -> new TreeSet<>())
							.add(label.group(2)));
				}
			}
		});
	}

	/**
	 * What a query asks for that is not there.
	 * @param query the query
	 * @return an objection to each
	 */
	List<String> objections(String query) {
		List<String> objections = new ArrayList<>();
		for (Selector selector : PromQuery.selectors(query)) {
			Map<String, Set<String>> labels = this.metrics.get(selector.metric());
			if (labels == null) {
				objections.add("there is no metric " + selector.metric());
				continue;
			}
			selector.labels()
				.stream()
				.filter((label) -> !TARGET_LABELS.contains(label) && !labels.containsKey(label))
				.forEach((label) -> objections.add(selector.metric() + " has no label " + label));
			selector.matchers()
				.stream()
				.filter((matcher) -> labels.containsKey(matcher.label()))
				.forEach((matcher) -> objections.addAll(objections(selector, matcher, labels.get(matcher.label()))));
		}
		return objections;
	}

	/** Variables of a dashboard stand for whatever is there. */
	private static List<String> objections(Selector selector, LabelMatcher matcher, Set<String> values) {
		if (matcher.value().startsWith("$")) {
			return List.of();
		}
		List<String> wanted = matcher.operator().endsWith("~") ? List.of(matcher.value().split("\\|"))
				: List.of(matcher.value());
		return wanted.stream()
			.filter((value) -> !values.contains(value))
			.map((value) -> selector.metric() + " has no " + matcher.label() + " " + value + ", only " + values)
			.toList();
	}

}
