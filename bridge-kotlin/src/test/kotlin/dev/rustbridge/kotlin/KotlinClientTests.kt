package dev.rustbridge.kotlin

import dev.rustbridge.BridgeState
import dev.rustbridge.CommandFailedException
import dev.rustbridge.RustBridge
import dev.rustbridge.client.Command
import dev.rustbridge.client.InvalidClientException
import dev.rustbridge.test.ScriptedDaemon
import java.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import tools.jackson.databind.json.JsonMapper
import tools.jackson.module.kotlin.kotlinModule

/** Typed clients in Kotlin, and the extension functions, against a scripted daemon. */
class KotlinClientTests {

	private val mapper = JsonMapper.builder().addModule(kotlinModule()).build()

	private val daemon = ScriptedDaemon(mapper)

	private val bridge = RustBridge.builder("search")
		.jsonMapper(mapper)
		.onCall("whoami") { call -> Mono.just("you, " + call.params<List<String>>()?.first()) }
		.transport(daemon.transport())
		.build()

	private val client = bridge.client<SearchClient>()

	@AfterEach
	fun close() = bridge.close()

	@Test
	fun `a suspending function gives the result`() = test {
		daemon.on("stats").returns(Stats(7, null))
		assertThat(client.stats()).isEqualTo(Stats(7, null))
	}

	@Test
	fun `a suspending function gives generic results`() = test {
		daemon.on("names").returns(mapOf("a" to listOf(1, 2)))
		assertThat(client.names()).isEqualTo(mapOf("a" to listOf(1L, 2L)))
	}

	@Test
	fun `a suspending function fails as the command does`() = test {
		daemon.on("stats").fails("NOT_INDEXED")
		val failure = runCatching { client.stats() }.exceptionOrNull()
		assertThat(failure).isInstanceOf(CommandFailedException::class.java)
		assertThat((failure as CommandFailedException).code()).isEqualTo("NOT_INDEXED")
	}

	@Test
	fun `a suspending function without a result is done when the command is`() = test {
		daemon.on("clear").returns(null)
		client.clear()
		assertThat(daemon).hasReceivedExactly("clear")
	}

	@Test
	fun `no result is null where the type says that it may be`() = test {
		daemon.on("find").returns(null)
		assertThat(client.find("x")).isNull()
	}

	@Test
	fun `no result where the type can't be null is told`() = test {
		daemon.on("stats").returns(null)
		assertThat(runCatching { client.stats() }.exceptionOrNull()).isInstanceOf(IllegalStateException::class.java)
			.hasMessageContaining("SearchClient.stats: the daemon gave no result")
	}

	@Test
	fun `a parameter of a nullable type is left out`() = test {
		daemon.on("count").returns(3)
		client.count("rs", null)
		assertThat(daemon).hasReceived("count", mapOf("kind" to "rs"))
	}

	@Test
	fun `a default argument is sent`() = test {
		daemon.on("count").returns(3)
		client.count("rs")
		assertThat(daemon).hasReceived("count", mapOf("kind" to "rs", "limit" to 10))
	}

	@Test
	fun `a null that the type does not allow is refused before anything is sent`() {
		assertThatExceptionOfType(IllegalArgumentException::class.java).isThrownBy {
			SearchClient::class.java.methods.first { it.name == "search" }.let {
				try {
					it.invoke(client, null)
				}
				catch (ex: java.lang.reflect.InvocationTargetException) {
					throw ex.targetException
				}
			}
		}
		assertThat(daemon).hasReceivedNothing()
	}

	@Test
	fun `a flow gives the chunks, each time it is collected`() = test {
		daemon.on("search").streams(Hit("a", 1), Hit("b", 2))
		val hits = client.search(Query("main"))
		assertThat(daemon).hasReceivedNothing()
		assertThat(hits.toList()).containsExactly(Hit("a", 1), Hit("b", 2))
		assertThat(hits.toList()).hasSize(2)
		assertThat(daemon).hasReceivedTimes("search", 2)
	}

	@Test
	fun `a suspending function may return a flow`() = test {
		daemon.on("search").streams(Hit("a", 1))
		assertThat(client.searchLater(Query("main")).toList()).containsExactly(Hit("a", 1))
	}

	@Test
	fun `who has enough of a flow cancels the command`() = test {
		daemon.on("search").streams(Flux.range(0, Int.MAX_VALUE).map { Hit("a", it) })
		assertThat(client.search(Query("main")).take(3).toList()).hasSize(3)
		await().untilAsserted { assertThat(daemon).hasBeenCancelled("search") }
	}

	@Test
	fun `cancelling the coroutine cancels the command`() = test {
		daemon.on("stats").hangs()
		val job = launch(start = CoroutineStart.UNDISPATCHED) { client.stats() }
		await().untilAsserted { assertThat(daemon).hasReceived("stats") }
		job.cancelAndJoin()
		await().untilAsserted { assertThat(daemon).hasBeenCancelled("stats") }
	}

	@Test
	fun `a flow is uploaded`() = test {
		daemon.on("index").answers { it.items().size }
		assertThat(client.index("all", flowOf(Hit("a", 1), Hit("b", 2)))).isEqualTo(2)
	}

	@Test
	fun `publishers and default methods go on as they are`() = test {
		daemon.on("stats").returns(Stats(7, "now"))
		assertThat(client.statsMono().block(Duration.ofSeconds(10))).isEqualTo(Stats(7, "now"))
		assertThat(client.files()).isEqualTo(7)
	}

	@Test
	fun `a wrong client is refused with its mistakes`() {
		assertThatExceptionOfType(InvalidClientException::class.java).isThrownBy { bridge.client<WrongClient>() }
			.withMessageContaining("there are several parameters to upload")
	}

	@Test
	fun `commands are awaited by their reified types`() = test {
		daemon.on("names").returns(mapOf("a" to listOf(1)))
		daemon.on("clear").returns(null)
		val names: Map<String, List<Long>> = bridge.command("names").await()
		assertThat(names).isEqualTo(mapOf("a" to listOf(1L)))
		assertThat(bridge.command("clear").awaitOrNull<String>()).isNull()
		bridge.command("clear").awaitDone()
		assertThat(bridge.command("names").retrieveMono<Map<String, List<Int>>>().block(Duration.ofSeconds(10)))
			.isEqualTo(mapOf("a" to listOf(1)))
	}

	@Test
	fun `chunks and results have reified types`() = test {
		daemon.on("search").streams(listOf("a"), listOf("b")).returns(Stats(2, null))
		assertThat(bridge.command("search").flow<List<String>>().toList()).containsExactly(listOf("a"), listOf("b"))
		assertThat(bridge.command("search").retrieveFlux<List<String>>().collectList().block(Duration.ofSeconds(10)))
			.hasSize(2)
		val response = bridge.command("search").retrieveStream<List<String>, Stats>()
		assertThat(response.flow.toList()).hasSize(2)
		assertThat(response.awaitResult()).isEqualTo(Stats(2, null))
	}

	@Test
	fun `items of a flow are uploaded with a command`() = test {
		daemon.on("index").answers { it.items().map { item -> item.asString() } }
		assertThat(bridge.command("index").upload(flowOf("a", "b")).await<List<String>>()).containsExactly("a", "b")
	}

	@Test
	fun `the daemon's call has parameters of a reified type`() = test {
		daemon.on("ask").calls("whoami", listOf("daemon"))
		assertThat(bridge.command("ask").await<String>()).isEqualTo("you, daemon")
	}

	@Test
	fun `events come as a flow, and the bridge is started and stopped`() = test {
		val events = mutableListOf<Hit?>()
		val listening = launch(start = CoroutineStart.UNDISPATCHED) {
			events += bridge.eventFlow("found*").first().data<Hit>()
		}
		bridge.awaitStart()
		assertThat(bridge.state()).isEqualTo(BridgeState.READY)
		daemon.emits("other")
		daemon.emits("found:1", Hit("a", 1))
		listening.join()
		assertThat(events).containsExactly(Hit("a", 1))
		bridge.awaitRestart()
		assertThat(bridge.info().instances().first().generation()).isEqualTo(2)
		bridge.awaitStop()
		assertThat(bridge.state()).isEqualTo(BridgeState.STOPPED)
	}

	private fun test(block: suspend kotlinx.coroutines.CoroutineScope.() -> Unit) = runBlocking {
		withTimeout(20.seconds) { block() }
	}

	data class Stats(val files: Int, val since: String?)

	data class Hit(val file: String, val line: Int)

	data class Query(val pattern: String)

	interface SearchClient {

		suspend fun stats(): Stats

		suspend fun names(): Map<String, List<Long>>

		suspend fun clear()

		suspend fun find(name: String): Hit?

		suspend fun count(kind: String, limit: Int? = 10): Int

		fun search(query: Query): Flow<Hit>

		@Command("search")
		suspend fun searchLater(query: Query): Flow<Hit>

		suspend fun index(name: String, hits: Flow<Hit>): Int

		@Command("stats")
		fun statsMono(): Mono<Stats>

		suspend fun files(): Int = stats().files

	}

	interface WrongClient {

		suspend fun index(one: Flow<Hit>, other: Flow<Hit>)

	}

}
