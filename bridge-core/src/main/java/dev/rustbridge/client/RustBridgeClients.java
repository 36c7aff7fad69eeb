package dev.rustbridge.client;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.RustBridge;

/**
 * Makes typed clients: implementations of interfaces whose methods are the commands of a
 * daemon.
 * <ul>
 * <li>The command is that of {@link Command#value()}, else the method's name.</li>
 * <li>An only argument that is written as a JSON object is the command's parameters; all
 * other arguments are members of them by their name, or that of {@link Param}. What is
 * marked {@code @Nullable} and an {@code Optional} are left out when they are empty.</li>
 * <li>A {@code Publisher} is uploaded, and a {@code Duration} marked {@link Timeout} says
 * how long to wait.</li>
 * <li>A {@code Mono} gives the result, a {@code Flux} the chunks, a
 * {@link dev.rustbridge.StreamingResponse} both. A {@code CompletableFuture} gives the
 * result, and has sent the command when it is returned. All other types, {@code void} and
 * {@code Optional} block until the result is there: they are meant for virtual and
 * servlet threads, and refused on those that must not block.</li>
 * <li>Default methods may be called, and may call commands.</li>
 * </ul>
 * The interface need not be public, nor need what it takes and returns.
 */
public final class RustBridgeClients {

	private RustBridgeClients() {
	}

	/**
	 * Makes a client.
	 * @param <T> the interface
	 * @param bridge what the daemon is behind
	 * @param type the interface
	 * @return the client, thread-safe and valid as long as the bridge
	 * @throws InvalidClientException when the interface has mistakes, with all of them
	 */
	public static <T> T create(RustBridge bridge, Class<T> type) {
		ClientParser client = ClientParser.parse(type);
		Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				new ClientProxy(bridge, type, client.methods()));
		return type.cast(proxy);
	}

	/**
	 * Tells what a client sends.
	 * @param type the interface
	 * @return its commands
	 * @throws InvalidClientException when the interface has mistakes, with all of them
	 */
	public static List<Operation> operations(Class<?> type) {
		return List.copyOf(ClientParser.parse(type).operations());
	}

	/**
	 * Holds a client against the methods that a daemon announced.
	 * @param type the interface
	 * @param announced the methods of {@link BridgeInfo.Instance#methods()}
	 * @throws InvalidClientException when it has commands that the daemon does not know,
	 * or wants chunks of one that gives none; never when nothing was announced
	 */
	public static void check(Class<?> type, Collection<BridgeInfo.Method> announced) {
		if (announced.isEmpty()) {
			return;
		}
		Map<String, BridgeInfo.Method> known = announced.stream()
			.collect(Collectors.toMap(BridgeInfo.Method::name, Function.identity(), (left, right) -> left));
		List<String> mistakes = new ArrayList<>();
		for (Operation operation : operations(type)) {
			BridgeInfo.Method method = known.get(operation.command());
			if (method == null) {
				mistakes.add("%s: the daemon has no method '%s', it has %s".formatted(operation.method().getName(),
						operation.command(), known.keySet().stream().sorted().toList()));
			}
			else if (operation.stream() && !method.stream()) {
				mistakes.add("%s: the daemon's method '%s' gives one result and no chunks"
					.formatted(operation.method().getName(), operation.command()));
			}
		}
		if (!mistakes.isEmpty()) {
			throw new InvalidClientException(type, mistakes);
		}
	}

}
