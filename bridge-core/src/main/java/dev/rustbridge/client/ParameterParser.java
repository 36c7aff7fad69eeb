package dev.rustbridge.client;

import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.rustbridge.client.Arguments.Argument;
import dev.rustbridge.client.Arguments.Upload;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import tools.jackson.databind.JsonNode;

/**
 * Reads the parameters of a client's method, and gathers what is wrong with them.
 */
final class ParameterParser {

	private static final List<Class<?>> VALUES = List.of(CharSequence.class, Number.class, Boolean.class,
			Character.class, Enum.class, Date.class, UUID.class, URI.class, URL.class, Path.class, File.class,
			Locale.class, Currency.class, Optional.class, Iterable.class);

	private final Method method;

	private final Class<?> client;

	private final List<ReturnAdapter> adapters;

	private final Consumer<String> mistakes;

	private final List<Type> payloadTypes = new ArrayList<>();

	ParameterParser(Method method, Class<?> client, List<ReturnAdapter> adapters, Consumer<String> mistakes) {
		this.method = method;
		this.client = client;
		this.adapters = adapters;
		this.mistakes = mistakes;
	}

	List<Type> payloadTypes() {
		return this.payloadTypes;
	}

	Arguments parse(int count) {
		List<Integer> members = new ArrayList<>();
		Upload upload = null;
		Argument timeout = null;
		for (int index = 0; index < count; index++) {
			Parameter parameter = this.method.getParameters()[index];
			Function<Object, Publisher<?>> publisher = uploader(parameter.getType());
			if (parameter.isAnnotationPresent(Timeout.class)) {
				once(timeout, "parameters marked @Timeout");
				if (parameter.getType() != Duration.class) {
					this.mistakes.accept("parameter '%s' is marked @Timeout, so it must be a Duration"
						.formatted(parameter.getName()));
				}
				timeout = argument(index, parameter.getName());
			}
			else if (publisher != null) {
				once(upload, "parameters to upload");
				upload = new Upload(argument(index, parameter.getName()), publisher);
				this.payloadTypes.addAll(List.of(GenericTypes.arguments(typeOf(index))));
			}
			else {
				members.add(index);
				this.payloadTypes.add(typeOf(index));
			}
		}
		if (members.size() == 1 && isAllParameters(members.get(0))) {
			int index = members.get(0);
			return new Arguments(argument(index, this.method.getParameters()[index].getName()), List.of(), upload,
					timeout);
		}
		return new Arguments(null, members.stream().map(this::member).toList(), upload, timeout);
	}

	private void once(@Nullable Object before, String what) {
		if (before != null) {
			this.mistakes.accept("there are several " + what);
		}
	}

	private Type typeOf(int index) {
		return GenericTypes.resolve(this.method.getGenericParameterTypes()[index], this.method, this.client);
	}

	/** An only argument is all parameters, if it is written as a JSON object. */
	private boolean isAllParameters(int index) {
		if (this.method.getParameters()[index].isAnnotationPresent(Param.class)) {
			return false;
		}
		Class<?> type = GenericTypes.rawClass(typeOf(index));
		if (JsonNode.class.isAssignableFrom(type)) {
			return true;
		}
		return !type.isPrimitive() && !type.isArray() && !type.getName().startsWith("java.time.")
				&& VALUES.stream().noneMatch((value) -> value.isAssignableFrom(type));
	}

	private Argument member(int index) {
		Parameter parameter = this.method.getParameters()[index];
		Param annotation = parameter.getAnnotation(Param.class);
		if (annotation != null && !annotation.value().isEmpty()) {
			return argument(index, annotation.value());
		}
		if (!parameter.isNamePresent()) {
			this.mistakes.accept("parameter %d has no name: give it one with @Param, or compile with -parameters"
				.formatted(index + 1));
		}
		return argument(index, parameter.getName());
	}

	private Argument argument(int index, String name) {
		return new Argument(index, name, isNullable(this.method.getParameters()[index]));
	}

	/** Makes publishers of what is uploaded, of which Java has one type only. */
	private @Nullable Function<Object, Publisher<?>> uploader(Class<?> type) {
		if (Publisher.class.isAssignableFrom(type)) {
			return (items) -> (Publisher<?>) items;
		}
		return this.adapters.stream()
			.filter((adapter) -> adapter.isUpload(type))
			.findFirst()
			.<Function<Object, Publisher<?>>>map((adapter) -> adapter::toPublisher)
			.orElse(null);
	}

	/**
	 * Any annotation of that name, of whatever library, or as another language says it.
	 */
	private boolean isNullable(Parameter parameter) {
		return this.adapters.stream().anyMatch((adapter) -> adapter.isNullable(parameter)) || Stream
			.concat(Arrays.stream(parameter.getAnnotations()),
					Arrays.stream(parameter.getAnnotatedType().getAnnotations()))
			.map(Annotation::annotationType)
			.anyMatch((type) -> type.getSimpleName().equals("Nullable"));
	}

}
