package dev.rustbridge.client;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import dev.rustbridge.StreamingResponse;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads an interface as a client, and tells all its mistakes at once.
 */
final class ClientParser {

	private final Class<?> client;

	private final List<ReturnAdapter> adapters;

	private final List<String> mistakes = new ArrayList<>();

	private final List<Operation> operations = new ArrayList<>();

	private final List<ClientMethod> methods = new ArrayList<>();

	private ClientParser(Class<?> client) {
		this.client = client;
		this.adapters = ServiceLoader.load(ReturnAdapter.class, client.getClassLoader())
			.stream()
			.map(ServiceLoader.Provider::get)
			.toList();
	}

	static ClientParser parse(Class<?> client) {
		ClientParser parser = new ClientParser(client);
		parser.parse();
		if (!parser.mistakes.isEmpty()) {
			throw new InvalidClientException(client, parser.mistakes);
		}
		return parser;
	}

	List<ClientMethod> methods() {
		return this.methods;
	}

	List<Operation> operations() {
		return this.operations;
	}

	private void parse() {
		if (!this.client.isInterface() || this.client.isAnnotation() || this.client.isSealed()) {
			this.mistakes.add("it must be an interface, and not a sealed one");
			return;
		}
		if (this.client.getTypeParameters().length > 0) {
			this.mistakes.add("it has type parameters, of which nothing is known at run time: "
					+ "extend it by an interface that fills them in");
			return;
		}
		Arrays.stream(this.client.getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
			.sorted(Comparator.comparing(Method::toGenericString))
			.forEach(this::parse);
	}

	private void parse(Method method) {
		Command annotation = method.getAnnotation(Command.class);
		if (method.isDefault()) {
			if (annotation != null) {
				mistake(method, "it has a body, so it can't be a command");
			}
			return;
		}
		String command = (annotation != null && !annotation.value().isBlank()) ? annotation.value() : method.getName();
		ReturnAdapter adapter = adapter(method);
		int parameters = method.getParameterCount() - ((adapter != null) ? adapter.trailingParameters(method) : 0);
		ParameterParser parser = new ParameterParser(method, this.client, this.adapters,
				(text) -> mistake(method, text));
		Arguments arguments = parser.parse(parameters);
		Answer answer = (adapter != null) ? Answer.adapted(adapter, method, adapter.elementType(method))
				: answer(method);
		Duration timeout = timeout(method, annotation);
		if (answer != null) {
			List<Type> types = new ArrayList<>(parser.payloadTypes());
			types.addAll(answer.types());
			this.operations.add(new Operation(method, command, answer.stream(), types));
			this.methods.add(new ClientMethod(method, command, arguments, answer, timeout,
					annotation != null && annotation.idempotent()));
		}
	}

	private @Nullable ReturnAdapter adapter(Method method) {
		return this.adapters.stream().filter((adapter) -> adapter.supports(method)).findFirst().orElse(null);
	}

	private @Nullable Duration timeout(Method method, @Nullable Command annotation) {
		if (annotation == null || annotation.timeout().isEmpty()) {
			return null;
		}
		try {
			return TimeText.parse(annotation.timeout());
		}
		catch (IllegalArgumentException ex) {
			mistake(method, "timeout " + ex.getMessage());
			return null;
		}
	}

	private @Nullable Answer answer(Method method) {
		Type type = GenericTypes.resolve(method.getGenericReturnType(), method, this.client);
		Class<?> raw = GenericTypes.rawClass(type);
		if (raw == void.class || raw == Void.class) {
			return Answer.nothing(method);
		}
		Type[] arguments = GenericTypes.arguments(type);
		if (raw == Mono.class || raw == Flux.class || raw == Optional.class || Answer.isFuture(raw)) {
			return known(method, arguments, 1) ? wrapped(method, raw, arguments[0]) : null;
		}
		if (raw == StreamingResponse.class) {
			return known(method, arguments, 2) ? Answer.streaming(arguments[0], arguments[1]) : null;
		}
		if (Publisher.class.isAssignableFrom(raw)) {
			mistake(method, "it returns a %s: return a Mono for a result or a Flux for chunks".formatted(name(raw)));
			return null;
		}
		if (BaseStream.class.isAssignableFrom(raw) || Future.class.isAssignableFrom(raw)) {
			mistake(method, "it returns a %s: return a Flux for chunks, or a CompletableFuture, a Mono or the plain "
				.formatted(name(raw)) + "value for a result");
			return null;
		}
		return Answer.blocking(type, method);
	}

	private static Answer wrapped(Method method, Class<?> raw, Type type) {
		if (raw == Mono.class) {
			return Answer.mono(type);
		}
		if (raw == Flux.class) {
			return Answer.flux(type);
		}
		return (raw == Optional.class) ? Answer.optional(type, method) : Answer.future(type);
	}

	private boolean known(Method method, Type[] arguments, int count) {
		if (arguments.length == count && Arrays.stream(arguments).noneMatch(GenericTypes::isWildcard)) {
			return true;
		}
		mistake(method, "it returns a %s without saying of what".formatted(name(method.getReturnType())));
		return false;
	}

	private void mistake(Method method, String text) {
		String parameters = String.join(", ",
				Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList());
		this.mistakes.add("%s(%s): %s".formatted(method.getName(), parameters, text));
	}

	private static String name(Class<?> type) {
		return type.getSimpleName();
	}

}
