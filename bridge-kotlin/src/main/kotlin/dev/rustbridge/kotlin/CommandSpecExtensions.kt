package dev.rustbridge.kotlin

import dev.rustbridge.CommandSpec
import dev.rustbridge.StreamingResponse
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.asFlux
import kotlinx.coroutines.reactor.awaitSingle
import kotlinx.coroutines.reactor.awaitSingleOrNull
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import tools.jackson.core.type.TypeReference

/** [CommandSpec.retrieveMono] of the full generic type. */
public inline fun <reified R : Any> CommandSpec.retrieveMono(): Mono<R> = retrieveMono(object : TypeReference<R>() {})

/** [CommandSpec.retrieveFlux] of the full generic type. */
public inline fun <reified C : Any> CommandSpec.retrieveFlux(): Flux<C> = retrieveFlux(object : TypeReference<C>() {})

/** [CommandSpec.retrieveStream] of the full generic types. */
public inline fun <reified C : Any, reified R : Any> CommandSpec.retrieveStream(): StreamingResponse<C, R> =
	retrieveStream(object : TypeReference<C>() {}, object : TypeReference<R>() {})

/**
 * Sends the command and suspends until its result is there. Cancelling the coroutine cancels the command.
 *
 * @throws NoSuchElementException when the daemon gave no result
 */
public suspend inline fun <reified R : Any> CommandSpec.await(): R = retrieveMono<R>().awaitSingle()

/** As [await], with `null` where the daemon gave no result. */
public suspend inline fun <reified R : Any> CommandSpec.awaitOrNull(): R? = retrieveMono<R>().awaitSingleOrNull()

/** Sends a command that has no result, and suspends until it is done. */
public suspend fun CommandSpec.awaitDone() {
	retrieveMono(Void::class.java).awaitSingleOrNull()
}

/** The chunks of the command, which is sent when the flow is collected, each time anew. */
public inline fun <reified C : Any> CommandSpec.flow(): Flow<C> = retrieveFlux<C>().asFlow()

/** Streams items to the daemon. */
public fun CommandSpec.upload(items: Flow<Any>): CommandSpec = upload(items.asFlux())

/** The chunks of a streaming response. */
public val <C : Any> StreamingResponse<C, *>.flow: Flow<C>
	get() = chunks().asFlow()

/** The result of a streaming response, once all chunks are through. */
public suspend fun <R : Any> StreamingResponse<*, R>.awaitResult(): R = result().awaitSingle()
