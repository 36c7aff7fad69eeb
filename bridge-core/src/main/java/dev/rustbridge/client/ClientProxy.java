package dev.rustbridge.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.rustbridge.RustBridge;
import org.jspecify.annotations.Nullable;

/**
 * What a client does when it is called.
 */
final class ClientProxy implements InvocationHandler {

	private static final Object[] NOTHING = {};

	private final RustBridge bridge;

	private final Class<?> client;

	private final Map<Method, ClientMethod> methods;

	private final Map<Method, MethodHandle> bodies = new ConcurrentHashMap<>();

	ClientProxy(RustBridge bridge, Class<?> client, List<ClientMethod> methods) {
		this.bridge = bridge;
		this.client = client;
		this.methods = methods.stream().collect(Collectors.toMap(ClientMethod::method, Function.identity()));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
		@Nullable Object[] values = (args != null) ? args : NOTHING;
		ClientMethod command = this.methods.get(method);
		if (command != null) {
			return command.call(this.bridge, values);
		}
		if (method.isDefault()) {
			return body(proxy, method).invokeWithArguments(values);
		}
		return switch (method.getName()) {
			case "equals" -> proxy == values[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> this.client.getSimpleName() + " (bridge '" + this.bridge.name() + "')";
		};
	}

	/**
	 * {@code InvocationHandler.invokeDefault} can't be used: it asks for an interface
	 * that is accessible to this package.
	 */
	private MethodHandle body(Object proxy, Method method) throws IllegalAccessException {
		MethodHandle known = this.bodies.get(method);
		if (known == null) {
			Class<?> declaring = method.getDeclaringClass();
			known = MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
				.unreflectSpecial(method, declaring)
				.bindTo(proxy);
			this.bodies.put(method, known);
		}
		return known;
	}

}
