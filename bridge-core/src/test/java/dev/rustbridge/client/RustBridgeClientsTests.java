package dev.rustbridge.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.StreamingResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RustBridgeClientsTests {

	private final RecordingBridge daemon = new RecordingBridge();

	private final SearchClient client = RustBridgeClients.create(this.daemon.bridge(), SearchClient.class);

	@Test
	void aMonoIsTheResultAndSendsNothingBeforeItIsSubscribedTo() {
		this.daemon.results = (type) -> Mono.just(new Stats(3));
		Mono<Stats> stats = this.client.stats();
		assertThat(this.daemon.sent).isFalse();
		StepVerifier.create(stats).expectNext(new Stats(3)).verifyComplete();
		assertThat(this.daemon.command).isEqualTo("stats");
		assertThat(this.daemon.params).isNull();
		assertThat(this.daemon.type).isEqualTo(Stats.class);
	}

	@Test
	void aFluxIsTheChunks() {
		this.daemon.chunks = Flux.just(new Hit("a"), new Hit("b"));
		StepVerifier.create(this.client.search(new Query("x"))).expectNextCount(2).verifyComplete();
		assertThat(this.daemon.chunkType).isEqualTo(Hit.class);
	}

	@Test
	void aStreamingResponseIsBoth() {
		StreamingResponse<Hit, Stats> both = this.client.searchWithStats(new Query("x"));
		assertThat(both).isNotNull();
		assertThat(this.daemon.command).isEqualTo("search");
		assertThat(this.daemon.chunkType).isEqualTo(Hit.class);
		assertThat(this.daemon.type).isEqualTo(Stats.class);
	}

	@Test
	void aFutureHasSentTheCommand() {
		this.daemon.results = (type) -> Mono.just(new Stats(3));
		assertThat(this.client.later()).isCompletedWithValue(new Stats(3));
	}

	@Test
	void aPlainValueIsWaitedFor() {
		this.daemon.results = (type) -> Mono.just(new Stats(3));
		assertThat(this.client.now()).isEqualTo(new Stats(3));
	}

	@Test
	void aPlainValueKeepsItsGenericType() {
		this.daemon.results = (type) -> Mono.just(List.of(new Hit("a")));
		assertThat(this.client.all()).containsExactly(new Hit("a"));
		assertThat(this.daemon.type).isEqualTo(new TypeReference<List<Hit>>() {
		}.getType());
	}

	@Test
	void aPlainValueIsRefusedOnAThreadThatMustNotBlock() {
		Mono<Stats> onParallel = Mono.fromCallable(this.client::now).subscribeOn(Schedulers.parallel());
		StepVerifier.create(onParallel)
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(IllegalStateException.class)
				.hasMessageContainingAll("SearchClient.now blocks", "let the method return a Mono"));
		assertThat(this.daemon.sent).isFalse();
	}

	@Test
	void anOptionalIsEmptyWhenThereIsNoResult() {
		assertThat(this.client.maybe()).isEmpty();
	}

	@Test
	void voidWaitsForTheEnd() {
		this.client.clear();
		assertThat(this.daemon.sent).isTrue();
	}

	@Test
	void aPrimitiveWithoutResultIsToldAsWhatItIs() {
		assertThatIllegalStateException().isThrownBy(this.client::count)
			.withMessageContaining("gave no result, and int can't be null");
	}

	@Test
	void anOnlyObjectIsTheParameters() {
		this.client.search(new Query("x"));
		assertThat(this.daemon.params).isEqualTo(new Query("x"));
	}

	@Test
	void anOnlyMapIsTheParameters() {
		this.client.raw(Map.of("a", 1));
		assertThat(this.daemon.params).isEqualTo(Map.of("a", 1));
	}

	@Test
	void anOnlyValueIsAMember() {
		this.client.watch("/tmp");
		assertThat(this.daemon.params).isEqualTo(Map.of("root", "/tmp"));
	}

	@Test
	void anObjectWithANameIsAMember() {
		this.client.nested(new Query("x"));
		assertThat(this.daemon.params).isEqualTo(Map.of("query", new Query("x")));
	}

	@Test
	void severalArgumentsAreMembersByTheirNames() {
		this.client.find("x", 3, Optional.of("*.rs"));
		assertThat(this.daemon.params).isEqualTo(Map.of("pattern", "x", "max-hits", 3, "glob", "*.rs"));
	}

	@Test
	void whatIsOptionalIsLeftOut() {
		this.client.find("x", null, Optional.empty());
		assertThat(this.daemon.params).isEqualTo(Map.of("pattern", "x"));
	}

	@Test
	void nullIsRefusedWhereItIsNotForeseen() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.find(null, 1, Optional.empty()))
			.withMessageContaining("argument 'pattern' is null");
	}

	@Test
	void aPublisherIsUploaded() {
		Flux<Hit> items = Flux.just(new Hit("a"));
		this.client.index("name", items);
		assertThat(this.daemon.upload).isSameAs(items);
		assertThat(this.daemon.params).isEqualTo(Map.of("name", "name"));
	}

	@Test
	void theTimeoutOfTheMethodIsSet() {
		this.client.slow();
		assertThat(this.daemon.timeout).isEqualTo(Duration.ofMinutes(2));
		assertThat(this.daemon.idempotent).isTrue();
	}

	@Test
	void theTimeoutOfTheCallWinsOverThatOfTheMethod() {
		this.client.slow(new Query("x"), Duration.ofSeconds(1));
		assertThat(this.daemon.timeout).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.daemon.params).isEqualTo(new Query("x"));
	}

	@Test
	void aTimeoutThatIsLeftOutLeavesTheOther() {
		this.client.slow(new Query("x"), null);
		assertThat(this.daemon.timeout).isEqualTo(Duration.ofMinutes(2));
	}

	@Test
	void aDefaultMethodOfAPackagePrivateInterfaceCallsCommands() {
		this.daemon.results = (type) -> Mono.just(new Stats(3));
		StepVerifier.create(this.client.files()).expectNext(3).verifyComplete();
	}

	@Test
	void theTypesOfAGenericInterfaceAreFilledIn() {
		RustBridgeClients.create(this.daemon.bridge(), HitStore.class).list();
		Type type = this.daemon.type;
		assertThat(type).isInstanceOf(JavaType.class)
			.isEqualTo(JsonMapper.shared().constructType(new TypeReference<List<Hit>>() {
			}));
	}

	@Test
	void aClientIsEqualToItselfOnlyAndNamesItsBridge() {
		assertThat(this.client).isEqualTo(this.client)
			.isNotEqualTo(RustBridgeClients.create(this.daemon.bridge(), SearchClient.class))
			.hasToString("SearchClient (bridge 'search')")
			.hasSameHashCodeAs(this.client);
	}

	@Test
	void allMistakesAreToldAtOnce() {
		assertThatExceptionOfType(InvalidClientException.class)
			.isThrownBy(() -> RustBridgeClients.create(this.daemon.bridge(), Wrong.class))
			.satisfies((ex) -> assertThat(ex.mistakes()).containsExactlyInAnyOrder(
					"publisher(): it returns a Publisher: return a Mono for a result or a Flux for chunks",
					"raw(): it returns a Mono without saying of what",
					"wildcard(): it returns a Flux without saying of what",
					"stream(): it returns a Stream: return a Flux for chunks, or a CompletableFuture, a Mono or the plain value for a result",
					"slow(): timeout 'soon' is no time: write a number with a unit, as 5s or 200ms",
					"late(String): parameter 'time' is marked @Timeout, so it must be a Duration",
					"twice(Publisher, Publisher): there are several parameters to upload",
					"body(): it has a body, so it can't be a command"));
	}

	@Test
	void aClassIsNoClient() {
		assertThatExceptionOfType(InvalidClientException.class)
			.isThrownBy(() -> RustBridgeClients.create(this.daemon.bridge(), String.class))
			.withMessageContaining("it must be an interface");
	}

	@Test
	void aGenericInterfaceIsNoClientByItself() {
		assertThatExceptionOfType(InvalidClientException.class)
			.isThrownBy(() -> RustBridgeClients.create(this.daemon.bridge(), Store.class))
			.withMessageContaining("it has type parameters");
	}

	@Test
	void commandsThatTheDaemonDidNotAnnounceAreToldAllAtOnce() {
		assertThatExceptionOfType(InvalidClientException.class)
			.isThrownBy(() -> RustBridgeClients.check(Small.class,
					List.of(new BridgeInfo.Method("search", false), new BridgeInfo.Method("status", false))))
			.satisfies((ex) -> assertThat(ex.mistakes()).containsExactly(
					"search: the daemon's method 'search' gives one result and no chunks",
					"stats: the daemon has no method 'stats', it has [search, status]"));
	}

	@Test
	void aDaemonThatAnnouncesNothingIsTrusted() {
		RustBridgeClients.check(Small.class, List.of());
	}

	interface SearchClient {

		Mono<Stats> stats();

		Flux<Hit> search(Query query);

		@Command("search")
		StreamingResponse<Hit, Stats> searchWithStats(Query query);

		CompletableFuture<Stats> later();

		Stats now();

		List<Hit> all();

		Optional<Stats> maybe();

		void clear();

		int count();

		Mono<Void> raw(Map<String, Object> params);

		Mono<Void> watch(String root);

		Mono<Void> nested(@Param Query query);

		Mono<Void> find(String pattern, @Nullable @Param("max-hits") Integer maxHits, Optional<String> glob);

		Mono<Void> index(String name, Publisher<Hit> hits);

		@Command(timeout = "2m", idempotent = true)
		Mono<Void> slow();

		@Command(timeout = "2m")
		Mono<Void> slow(Query query, @Timeout @Nullable Duration timeout);

		default Mono<Integer> files() {
			return stats().map(Stats::files);
		}

	}

	interface Store<T> {

		Mono<List<T>> list();

	}

	interface HitStore extends Store<Hit> {

	}

	interface Small {

		Mono<Stats> stats();

		Flux<Hit> search(Query query);

	}

	@SuppressWarnings("rawtypes")
	interface Wrong {

		Publisher<Hit> publisher();

		Mono raw();

		Flux<?> wildcard();

		java.util.stream.Stream<Hit> stream();

		@Command(timeout = "soon")
		Mono<Void> slow();

		Mono<Void> late(@Timeout String time);

		Mono<Void> twice(Publisher<Hit> left, Publisher<Hit> right);

		@Command("x")
		default Mono<Void> body() {
			return Mono.empty();
		}

	}

	record Query(String pattern) {

	}

	record Hit(String path) {

	}

	record Stats(int files) {

	}

}
