package dev.rustbridge.kotlin

import dev.rustbridge.BridgeSession
import dev.rustbridge.boot.BridgeEventListener
import dev.rustbridge.boot.BridgeHandler
import dev.rustbridge.boot.BridgeHandlerException
import dev.rustbridge.boot.BridgeInitializer
import dev.rustbridge.boot.autoconfigure.RustBridgeAutoConfiguration
import dev.rustbridge.client.RustBridgeClient
import dev.rustbridge.test.RustBridgeTest
import dev.rustbridge.test.ScriptedDaemon
import dev.rustbridge.test.ScriptedDaemonCustomizer
import java.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.autoconfigure.AutoConfigurations
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.test.context.TestConfiguration
import org.springframework.boot.test.context.runner.ApplicationContextRunner
import org.springframework.context.annotation.Bean
import org.springframework.stereotype.Component

/** A Spring application in Kotlin: its clients, handlers and initializers suspend. */
@RustBridgeTest(properties = ["rustbridge.bridges.search.binary.name=no-such-daemon"])
class KotlinApplicationTests(
	@param:Autowired private val daemon: ScriptedDaemon,
	@param:Autowired private val client: HitClient,
) {

	@Test
	fun `the client is a bean, and binds data classes`() {
		daemon.on("search").streams(HitClient.Hit("a", 1))
		val hits = runBlocking { client.search("main").toList() }
		assertThat(hits).containsExactly(HitClient.Hit("a", 1))
		daemon.on("best").returns(HitClient.Hit("b", 2))
		assertThat(runBlocking { client.best() }).isEqualTo(HitClient.Hit("b", 2))
	}

	@Test
	fun `a suspending handler answers the daemon's call`() {
		val answer = daemon.calls("authorize", mapOf("path" to "/src/a.rs")).block(Duration.ofSeconds(10))
		assertThat(answer?.result(Boolean::class.java)).isTrue()
	}

	@Test
	fun `a suspending handler's failure is answered with its code`() {
		val answer = daemon.calls("authorize", mapOf("path" to "")).block(Duration.ofSeconds(10))
		assertThat(answer?.code()).isEqualTo("NO_PATH")
	}

	@Test
	fun `a suspending handler replies to an event`() {
		daemon.on("queryResult").returns(null)
		daemon.emits("query", mapOf("correlationId" to "x", "of" to 4))
		await().untilAsserted {
			assertThat(daemon).hasReceived("queryResult", mapOf("answer" to 8, "correlationId" to "x"))
		}
	}

	@Test
	fun `a suspending handler that returns Unit answers without a result`() {
		val answer = daemon.calls("log", mapOf("path" to "a")).block(Duration.ofSeconds(10))
		assertThat(answer?.success()).isTrue()
		assertThat(answer?.result()).isNull()
	}

	@Test
	fun `a suspending listener hears an event`(@Autowired answers: Answers) {
		daemon.emits("fileChanged", mapOf("path" to "/src/b.rs"))
		await().untilAsserted { assertThat(answers.changed).isEqualTo("/src/b.rs") }
	}

	@Test
	fun `a suspending initializer has run`(@Autowired answers: Answers) {
		assertThat(answers.opened).isEqualTo("workspace")
	}

	@Test
	fun `a handler that returns a flow is refused, as an answer is one value`() {
		ApplicationContextRunner().withConfiguration(AutoConfigurations.of(RustBridgeAutoConfiguration::class.java))
			.withPropertyValues("rustbridge.bridges.search.binary.name=x", "rustbridge.bridges.search.startup=lazy")
			.withBean(ManyAnswers::class.java)
			.run { context ->
				assertThat(context.startupFailure).hasStackTraceContaining(
					"ManyAnswers.many: an answer is one value: return a Mono, not a Flow",
				)
			}
	}

	@TestConfiguration(proxyBeanMethods = false)
	open class Opens {

		@Bean
		open fun opens() = ScriptedDaemonCustomizer { _, daemon -> daemon.on("open").returns("workspace") }

	}

}

class ManyAnswers {

	@BridgeHandler(bridge = "search", method = "many")
	fun many(): Flow<String> = emptyFlow()

}

@SpringBootApplication
class KotlinApplication

@RustBridgeClient("search")
interface HitClient {

	fun search(pattern: String): Flow<Hit>

	suspend fun best(): Hit

	data class Hit(val file: String, val line: Int)

}

@Component
class Answers {

	@Volatile
	var opened: String? = null

	@Volatile
	var changed: String? = null

	@BridgeEventListener(bridge = "search", event = "fileChanged")
	suspend fun on(change: Access) {
		delay(1.milliseconds)
		changed = change.path
	}

	@BridgeInitializer(bridge = "search")
	suspend fun open(session: BridgeSession) {
		opened = session.command("open").await<String>()
	}

	@BridgeHandler(bridge = "search", method = "authorize")
	suspend fun authorize(access: Access): Boolean {
		delay(1.milliseconds)
		if (access.path.isEmpty()) {
			throw BridgeHandlerException("NO_PATH", "there is no path")
		}
		return access.path.startsWith("/src")
	}

	@BridgeHandler(bridge = "search", method = "log")
	suspend fun log(access: Access) {
		delay(1.milliseconds)
		check(access.path.isNotEmpty())
	}

	@BridgeHandler(bridge = "search", event = "query", reply = "queryResult")
	suspend fun answer(query: Query): Answer {
		delay(1.milliseconds)
		return Answer(2 * query.of)
	}

	data class Access(val path: String)

	data class Query(val of: Int)

	data class Answer(val answer: Int)

}
