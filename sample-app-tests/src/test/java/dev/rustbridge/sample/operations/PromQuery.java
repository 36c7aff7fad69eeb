package dev.rustbridge.sample.operations;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a query in PromQL, as far as dashboards and alerts here use that language, and
 * refuses what it does not know: there is no parser of it for the JVM. What comes out are
 * the series that it asks for, each with all labels that the query takes for granted.
 */
final class PromQuery {

	private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");

	private static final Set<String> FUNCTIONS = Set.of("rate", "increase", "histogram_quantile", "min_over_time");

	private static final Set<String> MATCHINGS = Set.of("on", "ignoring", "group_left", "group_right");

	private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)"
			+ "|(?<string>\"(?:[^\"\\\\]|\\\\.)*\")|(?<duration>\\d+(?:ms|[smhdwy])|\\$__rate_interval|\\$__range)"
			+ "|(?<number>\\d+(?:\\.\\d+)?)|(?<symbol>=~|!~|!=|==|>=|<=|[-+*/%^<>=(){}\\[\\],:]))");

	private final String text;

	private final List<Token> tokens = new ArrayList<>();

	private int at;

	private PromQuery(String text) {
		this.text = text;
		Matcher matcher = TOKEN.matcher(text);
		int end = 0;
		while (matcher.find() && matcher.start() == end) {
			end = matcher.end();
			for (Kind kind : Kind.values()) {
				String found = matcher.group(kind.name().toLowerCase());
				if (found != null) {
					this.tokens.add(new Token(kind, found));
				}
			}
		}
		if (!text.substring(end).isBlank()) {
			throw refused("'" + text.substring(end) + "' is not understood");
		}
	}

	/** The series that a query asks for. */
	static List<Selector> selectors(String text) {
		PromQuery query = new PromQuery(text);
		List<Selector> found = query.expression();
		if (query.at < query.tokens.size()) {
			throw query.refused("nothing should follow before '" + query.tokens.get(query.at).text() + "'");
		}
		return found;
	}

	private List<Selector> expression() {
		List<Selector> found = new ArrayList<>(operand());
		while (peek("and") || peek("or") || peek("unless") || isOperator()) {
			this.at++;
			List<String> labels = new ArrayList<>();
			while (this.at < this.tokens.size() && MATCHINGS.contains(this.tokens.get(this.at).text())) {
				this.at++;
				labels.addAll(labels());
			}
			found.addAll(operand());
			found.forEach((selector) -> selector.labels().addAll(labels));
		}
		return found;
	}

	private boolean isOperator() {
		return this.at < this.tokens.size() && this.tokens.get(this.at).kind() == Kind.SYMBOL
				&& this.tokens.get(this.at).text().matches("[-+*/%^<>]|[=!<>]=");
	}

	private List<Selector> operand() {
		Token token = next();
		if (token.kind() == Kind.NUMBER) {
			return List.of();
		}
		if (token.text().equals("(")) {
			List<Selector> inner = expression();
			expect(")");
			return inner;
		}
		if (token.kind() != Kind.WORD) {
			throw refused("'" + token.text() + "' is no operand");
		}
		if (AGGREGATIONS.contains(token.text())) {
			return aggregation();
		}
		if (peek("(")) {
			if (!FUNCTIONS.contains(token.text())) {
				throw refused("the function '" + token.text() + "' is not known here");
			}
			return arguments();
		}
		return List.of(selector(token.text()));
	}

	private List<Selector> aggregation() {
		List<String> labels = new ArrayList<>();
		if (peek("by")) {
			this.at++;
			labels.addAll(labels());
		}
		List<Selector> inner = arguments();
		inner.forEach((selector) -> selector.labels().addAll(labels));
		return inner;
	}

	private List<Selector> arguments() {
		List<Selector> found = new ArrayList<>();
		expect("(");
		do {
			found.addAll(expression());
		}
		while (skip(","));
		expect(")");
		return found;
	}

	private List<String> labels() {
		List<String> found = new ArrayList<>();
		expect("(");
		do {
			found.add(next().text());
		}
		while (skip(","));
		expect(")");
		return found;
	}

	private Selector selector(String metric) {
		List<LabelMatcher> matchers = new ArrayList<>();
		if (skip("{")) {
			do {
				matchers.add(new LabelMatcher(next().text(), next().text(), unquoted(next())));
			}
			while (skip(","));
			expect("}");
		}
		if (skip("[")) {
			if (next().kind() != Kind.DURATION) {
				throw refused("a range is a duration");
			}
			expect("]");
		}
		if (skip("offset") && next().kind() != Kind.DURATION) {
			throw refused("an offset is a duration");
		}
		Set<String> labels = new LinkedHashSet<>();
		matchers.forEach((matcher) -> labels.add(matcher.label()));
		return new Selector(metric, matchers, labels);
	}

	private String unquoted(Token token) {
		if (token.kind() != Kind.STRING) {
			throw refused("'" + token.text() + "' is no string");
		}
		return token.text().substring(1, token.text().length() - 1);
	}

	private boolean peek(String expected) {
		return this.at < this.tokens.size() && this.tokens.get(this.at).text().equals(expected);
	}

	private boolean skip(String expected) {
		boolean there = peek(expected);
		this.at += there ? 1 : 0;
		return there;
	}

	private void expect(String expected) {
		if (!skip(expected)) {
			throw refused("'" + expected + "' is missing after " + this.tokens.subList(0, this.at));
		}
	}

	private Token next() {
		if (this.at == this.tokens.size()) {
			throw refused("it ends too early");
		}
		return this.tokens.get(this.at++);
	}

	private IllegalArgumentException refused(String why) {
		return new IllegalArgumentException(why + ": " + this.text);
	}

	/**
	 * A series that a query asks for.
	 *
	 * @param metric its name
	 * @param matchers what its labels must match
	 * @param labels all labels that it must have
	 */
	record Selector(String metric, List<LabelMatcher> matchers, Set<String> labels) {

	}

	/**
	 * What a label must match.
	 *
	 * @param label the label
	 * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
	 * @param value a value, or a regular expression
	 */
	record LabelMatcher(String label, String operator, String value) {

	}

	private enum Kind {

		WORD, STRING, DURATION, NUMBER, SYMBOL

	}

	private record Token(Kind kind, String text) {

		@Override
		public String toString() {
			return this.text;
		}

	}

}
