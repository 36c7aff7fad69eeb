package dev.rustbridge.boot.bean;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.RustBridgeRegistry;
import dev.rustbridge.boot.UnknownBridgeException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The bridges among the beans of the application. Looks for them when it is first asked,
 * so that it may be injected into what they need themselves.
 */
public final class BeanFactoryBridgeRegistry implements RustBridgeRegistry {

	private final ListableBeanFactory beanFactory;

	private volatile @Nullable Map<String, RustBridge> bridges;

	/**
	 * Makes a registry.
	 * @param beanFactory has the bridges of the application
	 */
	public BeanFactoryBridgeRegistry(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public RustBridge get(String name) {
		RustBridge bridge = find(name);
		if (bridge == null) {
			throw new UnknownBridgeException(name, names(), "the application");
		}
		return bridge;
	}

	@Override
	public @Nullable RustBridge find(String name) {
		return bridges().get(name);
	}

	@Override
	public Collection<String> names() {
		return bridges().keySet();
	}

	@Override
	public Iterator<RustBridge> iterator() {
		return bridges().values().iterator();
	}

	private Map<String, RustBridge> bridges() {
		Map<String, RustBridge> known = this.bridges;
		if (known == null) {
			known = Collections.unmodifiableMap(find());
			this.bridges = known;
		}
		return known;
	}

	/**
	 * One by one: all at once they would come without those that are still being made,
	 * and who asks while they are would be told for ever that there are none.
	 */
	private Map<String, RustBridge> find() {
		Map<String, RustBridge> found = new LinkedHashMap<>();
		Map<String, String> beanNames = new HashMap<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(RustBridge.class)) {
			if (this.beanFactory.getBean(beanName) instanceof RustBridge bridge) {
				// a test's mock of a bridge answers null to all
				String name = Objects.requireNonNullElse(bridge.name(), beanName);
				String other = beanNames.put(name, beanName);
				if (other != null) {
					throw new DuplicateBridgeException(name, other, beanName);
				}
				found.put(name, bridge);
			}
		}
		return found;
	}

}
