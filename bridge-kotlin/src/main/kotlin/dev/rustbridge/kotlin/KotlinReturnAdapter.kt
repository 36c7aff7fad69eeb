package dev.rustbridge.kotlin

import dev.rustbridge.client.ReturnAdapter
import java.lang.reflect.Method
import java.lang.reflect.Parameter
import java.lang.reflect.ParameterizedType
import java.lang.reflect.Type
import java.lang.reflect.WildcardType
import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.startCoroutineUninterceptedOrReturn
import kotlin.reflect.KParameter
import kotlin.reflect.jvm.kotlinFunction
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.asFlux
import kotlinx.coroutines.reactor.awaitSingleOrNull
import org.reactivestreams.Publisher
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono

/**
 * Lets typed clients have suspending functions, which give the result, and functions that
 * return a [Flow], which gives the chunks, cold and under back pressure. A parameter of type
 * [Flow] is uploaded, and one of a nullable type is left out when it is `null`.
 */
public class KotlinReturnAdapter : ReturnAdapter {

	override fun supports(method: Method): Boolean = isSuspending(method) || method.returnType == Flow::class.java

	override fun isStream(method: Method): Boolean = rawClass(returnType(method)) == Flow::class.java

	override fun elementType(method: Method): Type {
		val type = returnType(method)
		return when (rawClass(type)) {
			Flow::class.java -> bound((type as ParameterizedType).actualTypeArguments[0])
			Unit::class.java -> Void::class.java
			else -> type
		}
	}

	override fun trailingParameters(method: Method): Int = if (isSuspending(method)) 1 else 0

	override fun adapt(publisher: Publisher<*>, method: Method, arguments: Array<out Any?>): Any? {
		if (isStream(method)) {
			return (publisher as Flux<*>).asFlow()
		}
		@Suppress("UNCHECKED_CAST")
		val continuation = arguments.last() as Continuation<Any?>
		val answer: suspend () -> Any? = { answer(publisher as Mono<*>, method) }
		return answer.startCoroutineUninterceptedOrReturn(continuation)
	}

	private suspend fun answer(mono: Mono<*>, method: Method): Any? {
		val value = mono.awaitSingleOrNull()
		if (value != null) {
			return value
		}
		if (rawClass(returnType(method)) == Unit::class.java) {
			return Unit
		}
		check(method.kotlinFunction?.returnType?.isMarkedNullable != false) {
			"${method.declaringClass.simpleName}.${method.name}: the daemon gave no result, and its type can't be null: " +
				"let the function return a nullable type, or Unit"
		}
		return null
	}

	override fun isNullable(parameter: Parameter): Boolean {
		val method = parameter.declaringExecutable as? Method ?: return false
		if (!method.declaringClass.isAnnotationPresent(Metadata::class.java)) {
			return false
		}
		val index = method.parameters.indexOf(parameter)
		val values = method.kotlinFunction?.parameters?.filter { it.kind == KParameter.Kind.VALUE }
		return values?.getOrNull(index)?.type?.isMarkedNullable ?: false
	}

	override fun isUpload(type: Class<*>): Boolean = type == Flow::class.java

	override fun toPublisher(argument: Any): Publisher<*> {
		@Suppress("UNCHECKED_CAST")
		return (argument as Flow<Any>).asFlux()
	}

	private companion object {

		fun isSuspending(method: Method): Boolean = method.parameterTypes.lastOrNull() == Continuation::class.java

		/** As it is written in Kotlin: of a suspending function it is what the continuation takes. */
		fun returnType(method: Method): Type {
			if (!isSuspending(method)) {
				return method.genericReturnType
			}
			val continuation = method.genericParameterTypes.last() as ParameterizedType
			return bound(continuation.actualTypeArguments[0])
		}

		fun bound(type: Type): Type =
			if (type is WildcardType) type.lowerBounds.firstOrNull() ?: type.upperBounds[0] else type

		fun rawClass(type: Type): Type = if (type is ParameterizedType) type.rawType else type

	}

}
