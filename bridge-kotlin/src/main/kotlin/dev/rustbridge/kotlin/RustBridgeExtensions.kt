package dev.rustbridge.kotlin

import dev.rustbridge.BridgeCall
import dev.rustbridge.BridgeEvent
import dev.rustbridge.RustBridge
import dev.rustbridge.client.RustBridgeClients
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.awaitSingleOrNull
import tools.jackson.core.type.TypeReference

/** Makes a typed client of this bridge. */
public inline fun <reified T : Any> RustBridge.client(): T = RustBridgeClients.create(this, T::class.java)

/** The events whose name matches [pattern], in which `*` stands for any characters. */
public fun RustBridge.eventFlow(pattern: String = "*"): Flow<BridgeEvent> = events(pattern).asFlow()

/** Starts the bridge, and suspends until it is ready. */
public suspend fun RustBridge.awaitStart() {
	start().awaitSingleOrNull()
}

/** Stops the bridge, and suspends until nothing of it is left. */
public suspend fun RustBridge.awaitStop() {
	stop().awaitSingleOrNull()
}

/** Restarts the bridge without losing a call, and suspends until the new generation has taken over. */
public suspend fun RustBridge.awaitRestart() {
	restart().awaitSingleOrNull()
}

/** The data of the event, bound to the full generic type. */
public inline fun <reified T : Any> BridgeEvent.data(): T? = `as`(object : TypeReference<T>() {})

/** The parameters of the call, bound to the full generic type. */
public inline fun <reified T : Any> BridgeCall.params(): T? = `as`((object : TypeReference<T>() {}).type) as T?
