package dev.rustbridge.boot.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues;
import org.springframework.beans.factory.config.ConstructorArgumentValues.ValueHolder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ClassUtils;

/**
 * The bean definitions of typed clients: made by a method of {@link ClientFactory}.
 */
final class ClientDefinitions {

	static final String FACTORY_BEAN = "rustBridgeClientFactory";

	static final String FACTORY_METHOD = "create";

	private ClientDefinitions() {
	}

	/**
	 * Registers a client, unless the application has a bean of that type.
	 * @param registry where to
	 * @param type the interface
	 * @param bridge the name of its bridge
	 */
	static void register(BeanDefinitionRegistry registry, Class<?> type, String bridge) {
		if (registry instanceof ListableBeanFactory factory
				&& factory.getBeanNamesForType(type, true, false).length > 0) {
			return;
		}
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setBeanClass(type);
		definition.setTargetType(type);
		definition.setFactoryBeanName(FACTORY_BEAN);
		definition.setFactoryMethodName(FACTORY_METHOD);
		ConstructorArgumentValues arguments = definition.getConstructorArgumentValues();
		arguments.addIndexedArgumentValue(0, bridge);
		arguments.addIndexedArgumentValue(1, type.getName());
		definition.setDescription("Client of Rust Bridge '" + bridge + "'");
		String name = ClassUtils.getShortNameAsProperty(type);
		registry.registerBeanDefinition(registry.containsBeanDefinition(name) ? type.getName() : name, definition);
	}

	static boolean isClient(BeanDefinition definition) {
		return FACTORY_BEAN.equals(definition.getFactoryBeanName())
				&& FACTORY_METHOD.equals(definition.getFactoryMethodName());
	}

	static List<Client> in(ConfigurableListableBeanFactory beanFactory) {
		List<Client> clients = new ArrayList<>();
		for (String name : beanFactory.getBeanDefinitionNames()) {
			BeanDefinition definition = beanFactory.getMergedBeanDefinition(name);
			if (isClient(definition)) {
				ConstructorArgumentValues arguments = definition.getConstructorArgumentValues();
				clients.add(new Client(text(arguments.getIndexedArgumentValue(0, null)), ClassUtils.resolveClassName(
						text(arguments.getIndexedArgumentValue(1, null)), beanFactory.getBeanClassLoader())));
			}
		}
		return clients;
	}

	private static String text(@Nullable ValueHolder holder) {
		return String.valueOf(Objects.requireNonNull(holder).getValue());
	}

	/**
	 * A client.
	 *
	 * @param bridge the name of its bridge
	 * @param type the interface
	 */
	record Client(String bridge, Class<?> type) {

	}

}
