package dev.rustbridge.boot.client;

import java.util.ArrayList;
import java.util.List;

import dev.rustbridge.BridgeInfo;
import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeRegistry;
import dev.rustbridge.boot.UnknownBridgeException;
import dev.rustbridge.boot.client.ClientDefinitions.Client;
import dev.rustbridge.client.InvalidClientException;
import dev.rustbridge.client.RustBridgeClients;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Makes the typed clients of the application.
 */
public final class ClientFactory {

	private final RustBridgeRegistry registry;

	private final ConfigurableListableBeanFactory beanFactory;

	/**
	 * Makes a factory.
	 * @param registry the bridges
	 * @param beanFactory has the definitions of the clients
	 */
	public ClientFactory(RustBridgeRegistry registry, ConfigurableListableBeanFactory beanFactory) {
		this.registry = registry;
		this.beanFactory = beanFactory;
	}

	/**
	 * Makes a client.
	 * @param bridge the name of its bridge
	 * @param typeName the interface, by name: it need not be visible here
	 * @return the client
	 * @throws InvalidClientsException when it has mistakes, with those of all clients
	 */
	public Object create(String bridge, String typeName) {
		Class<?> type = ClassUtils.resolveClassName(typeName, this.beanFactory.getBeanClassLoader());
		RustBridge target = this.registry.find(bridge);
		if (target == null) {
			throw new UnknownBridgeException(bridge, this.registry.names(), "the client " + typeName);
		}
		try {
			return RustBridgeClients.create(target, type);
		}
		catch (InvalidClientException ex) {
			throw new InvalidClientsException(allMistakes(ex));
		}
	}

	/**
	 * Holds the clients of a bridge against what its daemon announced.
	 * @param bridge a bridge that is ready
	 * @throws InvalidClientsException when clients have commands that the daemon has not
	 */
	public void check(RustBridge bridge) {
		List<BridgeInfo.Method> announced = bridge.info()
			.instances()
			.stream()
			.flatMap((instance) -> instance.methods().stream())
			.toList();
		List<InvalidClientException> failures = new ArrayList<>();
		for (Client client : ClientDefinitions.in(this.beanFactory)) {
			if (client.bridge().equals(bridge.name())) {
				try {
					RustBridgeClients.check(client.type(), announced);
				}
				catch (InvalidClientException ex) {
					failures.add(ex);
				}
			}
		}
		if (!failures.isEmpty()) {
			throw new InvalidClientsException(failures);
		}
	}

	private List<InvalidClientException> allMistakes(InvalidClientException first) {
		List<InvalidClientException> failures = new ArrayList<>(List.of(first));
		for (Client client : ClientDefinitions.in(this.beanFactory)) {
			if (!client.type().getName().equals(first.client())) {
				try {
					RustBridgeClients.operations(client.type());
				}
				catch (InvalidClientException ex) {
					failures.add(ex);
				}
			}
		}
		return failures;
	}

}
