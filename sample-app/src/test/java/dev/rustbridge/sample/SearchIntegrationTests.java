package dev.rustbridge.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.rustbridge.sample.SampleClient.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a search answers, compared with {@code grep} on the same tree.
 */
@SampleIntegrationTest
class SearchIntegrationTests {

	private static final String SEARCH = "/api/search?q={q}&max=1000000";

	@Autowired
	private SampleClient client;

	@BeforeEach
	void awaitIdle() {
		this.client.awaitIdle();
	}

	@ParameterizedTest
	@ValueSource(strings = { "TODO|FIXME", "static final int [A-Z_]+ = [0-9]+;", "(List|Map|Flux)<[A-Z][a-z]+>" })
	void theHitsAreThoseOfGrep(String pattern) throws Exception {
		List<Event> events = this.client.events(SEARCH, pattern).collectList().block();
		assertThat(places(events)).isNotEmpty().isEqualTo(grep("-E", pattern));
		Summary summary = this.client.as(Summary.class).apply(events.get(events.size() - 1));
		assertThat(summary.hits()).isEqualTo(events.size() - 1);
		assertThat(summary.files()).isEqualTo(SourceTree.FILES);
		assertThat(summary.truncated()).isFalse();
	}

	@Test
	void caseIsIgnoredWhereAsked() throws Exception {
		List<Event> events = this.client.events(SEARCH + "&ignoreCase=true", "todo").collectList().block();
		assertThat(places(events)).isNotEmpty().isEqualTo(grep("-iE", "todo"));
	}

	@Test
	void aGlobChoosesTheFiles() throws Exception {
		List<Event> events = this.client.events(SEARCH + "&glob=*A*.java", "static").collectList().block();
		assertThat(places(events)).isEqualTo(grep("-E", "--include=*A*.java", "static"));
	}

	@Test
	void matchesAreMarkedWhereTheyAre() {
		Pattern pattern = Pattern.compile("[a-z]+Exception");
		this.client.events("/api/search?q={q}&max=200", pattern.pattern())
			.filter((event) -> event.is("hit"))
			.map(this.client.as(Hit.class))
			.toIterable()
			.forEach((hit) -> assertThat(marked(hit)).as(hit.toString()).isEqualTo(found(pattern, hit.text())));
	}

	@Test
	void noMoreHitsComeThanWereAskedFor() {
		List<Event> events = this.client.events("/api/search?q=.&max=17").collectList().block();
		assertThat(events).hasSize(18);
		assertThat(this.client.as(Summary.class).apply(events.get(17)).truncated()).isTrue();
	}

	@Test
	void hitsComeAsLinesOfJsonToWhoAcceptsThem() {
		List<JsonNode> lines = this.client.lines("/api/search?q=static&max=50").collectList().block();
		assertThat(lines).hasSize(51);
		assertThat(lines.subList(0, 50)).allSatisfy((line) -> {
			assertThat(line.propertyNames()).containsExactly("hit");
			assertThat(line.at("/hit/line").asInt()).isPositive();
		});
		assertThat(lines.get(50).at("/summary/hits").asInt()).isEqualTo(50);
	}

	@Test
	void whoAcceptsAnythingGetsEvents() {
		this.client.get(MediaType.ALL, "/api/search?q=static&max=1")
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM);
	}

	@Test
	void aBadRegularExpressionIsRefusedInLinesByItsStatus() {
		this.client.get(MediaType.APPLICATION_NDJSON, "/api/search?q={q}", "foo(")
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).contains("foo(").contains("unclosed group"));
	}

	@Test
	void aBadRegularExpressionIsToldInAnEvent() {
		List<Event> events = this.client.events("/api/search?q={q}", "foo(").collectList().block();
		assertThat(events).singleElement().satisfies((event) -> {
			assertThat(event.name()).isEqualTo("error");
			assertThat(event.data().at("/status").asInt()).isEqualTo(400);
			assertThat(event.data().at("/detail").asString()).contains("unclosed group");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/search", "/api/search?q=", "/api/search?q=a&max=0", "/api/search?q=a&max=1000001",
			"/api/search?q=a&max=many", "/api/search?q=a&ignoreCase=perhaps" })
	void aBadParameterIsRefusedAndNamed(String uri) {
		String parameter = uri.contains("&") ? uri.replaceAll(".*&(\\w+)=.*", "$1") : "q";
		for (MediaType accept : List.of(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_NDJSON)) {
			this.client.get(accept, uri)
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.detail")
				.value(String.class, (detail) -> assertThat(detail).startsWith(parameter));
		}
	}

	@Test
	void aBrowserThatLeavesEndsItsSearch() {
		long before = this.client.stats().hits();
		// takes some hits and then nothing: the daemon has to wait, so the search can't
		// be over
		List<Event> seen = new ArrayList<>();
		Disposable browser = this.client.events(SEARCH, ".").limitRate(16).concatMap((event) -> {
			seen.add(event);
			return (seen.size() < 16) ? Mono.empty() : Mono.never();
		}).subscribe();
		await().untilAsserted(() -> assertThat(seen).hasSize(16));
		assertThat(this.client.stats().running()).isEqualTo(1);
		browser.dispose();
		await().atMost(Duration.ofSeconds(5)).until(() -> this.client.stats().running() == 0);
		assertThat(this.client.stats().hits() - before).isLessThan(1_000_000);
	}

	private static Set<String> places(List<Event> events) {
		Set<String> places = new TreeSet<>();
		for (Event event : events) {
			if (event.is("hit")) {
				places.add(event.data().at("/path").asString() + ":" + event.data().at("/line").asInt());
			}
		}
		return places;
	}

	private static Set<String> grep(String... options) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("grep", "-rna"));
		command.addAll(List.of(options));
		command.add(".");
		Path output = Files.createTempFile("grep", ".txt");
		ProcessBuilder grep = new ProcessBuilder(command).directory(SourceTree.root().toFile())
			.redirectOutput(output.toFile());
		grep.environment().put("LC_ALL", "C");
		assertThat(grep.start().waitFor()).isEqualTo(0);
		Set<String> places = new TreeSet<>();
		for (String line : Files.readAllLines(output, StandardCharsets.ISO_8859_1)) {
			int colon = line.indexOf(':');
			places.add(line.substring(2, line.indexOf(':', colon + 1)));
		}
		Files.delete(output);
		return places;
	}

	private static List<String> marked(Hit hit) {
		return hit.matches().stream().map((match) -> hit.text().substring(match[0], match[1])).toList();
	}

	private static List<String> found(Pattern pattern, String text) {
		return pattern.matcher(text).results().map(MatchResult::group).toList();
	}

}
