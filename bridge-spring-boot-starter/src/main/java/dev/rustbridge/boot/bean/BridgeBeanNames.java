package dev.rustbridge.boot.bean;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.rustbridge.RustBridge;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.util.StringUtils;

/**
 * Gives the beans of the declared bridges the names that they are injected by: their key
 * as qualifier, always; their key as bean name and its camel case as alias, where these
 * are free. Runs once all beans are defined, since only then it is known which are free,
 * and not during AOT processing, which would freeze the outcome.
 */
public final class BridgeBeanNames implements BeanFactoryPostProcessor, PriorityOrdered {

	/**
	 * By these names Spring looks for beans of its own types, which the application need
	 * not have, and fails on others: they are never free.
	 */
	private static final Set<String> LOOKED_FOR = Set.of(AbstractApplicationContext.MESSAGE_SOURCE_BEAN_NAME,
			AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME,
			AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
			ConfigurableApplicationContext.CONVERSION_SERVICE_BEAN_NAME,
			ConfigurableApplicationContext.LOAD_TIME_WEAVER_BEAN_NAME,
			ConfigurableApplicationContext.BOOTSTRAP_EXECUTOR_BEAN_NAME, "taskExecutor", "taskScheduler",
			"localeResolver", "localeContextResolver", "themeResolver", "multipartResolver", "flashMapManager",
			"handlerMapping", "handlerAdapter", "handlerExceptionResolver", "viewNameTranslator", "viewResolver",
			"webHandler", "forwardedHeaderTransformer", "serverCodecConfigurer", "webSessionManager");

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beanFactory;
		for (String beanName : beanFactory.getBeanDefinitionNames()) {
			if (beanName.startsWith(BridgeBeanRegistrar.PREFIX)) {
				name(beanName, beanName.substring(BridgeBeanRegistrar.PREFIX.length()), beanFactory, registry);
			}
		}
	}

	private static void name(String beanName, String key, ConfigurableListableBeanFactory beanFactory,
			BeanDefinitionRegistry registry) {
		AbstractBeanDefinition definition = (AbstractBeanDefinition) registry.getBeanDefinition(beanName);
		if (!RustBridge.class.getName().equals(definition.getBeanClassName())) {
			return;
		}
		if (beanFactory.containsBean(key)) {
			if (beanFactory.isTypeMatch(key, RustBridge.class)) {
				// the application makes this bridge itself
				registry.removeBeanDefinition(beanName);
				return;
			}
			qualify(definition, key);
			return;
		}
		qualify(definition, key);
		if (LOOKED_FOR.contains(key)) {
			return;
		}
		rename(beanName, key, definition, registry);
		String alias = camelCase(key);
		if (!beanFactory.containsBean(alias) && !LOOKED_FOR.contains(alias)) {
			registry.registerAlias(key, alias);
		}
	}

	private static void qualify(AbstractBeanDefinition definition, String key) {
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, key));
	}

	private static void rename(String from, String to, BeanDefinition definition, BeanDefinitionRegistry registry) {
		registry.removeBeanDefinition(from);
		registry.registerBeanDefinition(to, definition);
		registry.registerAlias(to, from);
	}

	/**
	 * The names of the bridges among the beans of an application: their keys, and those
	 * of the beans that it makes itself.
	 * @param beanFactory has the beans
	 * @return the names by which they are injected, in alphabetical order
	 */
	public static List<String> in(ListableBeanFactory beanFactory) {
		return Arrays.stream(beanFactory.getBeanNamesForType(RustBridge.class, true, false))
			.map((name) -> name.startsWith(BridgeBeanRegistrar.PREFIX)
					? name.substring(BridgeBeanRegistrar.PREFIX.length()) : name)
			.sorted()
			.toList();
	}

	static String camelCase(String key) {
		StringBuilder result = new StringBuilder();
		for (String part : StringUtils.tokenizeToStringArray(key, "._-")) {
			result.append(result.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
		}
		return result.toString();
	}

}
