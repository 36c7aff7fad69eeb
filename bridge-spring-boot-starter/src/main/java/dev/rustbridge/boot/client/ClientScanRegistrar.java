package dev.rustbridge.boot.client;

import java.util.Objects;

import dev.rustbridge.client.RustBridgeClient;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds the typed clients in the packages of the application.
 */
public final class ClientScanRegistrar implements ImportBeanDefinitionRegistrar {

	private final BeanFactory beanFactory;

	private final ClientScanner scanner;

	private final ResourceLoader resourceLoader;

	/**
	 * Makes a registrar.
	 * @param beanFactory knows the packages
	 * @param environment for the scan
	 * @param resourceLoader for the scan
	 */
	public ClientScanRegistrar(BeanFactory beanFactory, Environment environment, ResourceLoader resourceLoader) {
		this.beanFactory = beanFactory;
		this.resourceLoader = resourceLoader;
		this.scanner = new ClientScanner(environment);
		this.scanner.setResourceLoader(resourceLoader);
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		if (!AutoConfigurationPackages.has(this.beanFactory)) {
			return;
		}
		for (String basePackage : AutoConfigurationPackages.get(this.beanFactory)) {
			for (BeanDefinition candidate : this.scanner.findCandidateComponents(basePackage)) {
				Class<?> type = ClassUtils.resolveClassName(Objects.requireNonNull(candidate.getBeanClassName()),
						this.resourceLoader.getClassLoader());
				ClientDefinitions.register(registry, type, type.getAnnotation(RustBridgeClient.class).value());
			}
		}
	}

	/**
	 * Finds interfaces, which Spring's own scan leaves out, and classes too: a class that
	 * says that it is a client is refused with all other mistakes, not passed over.
	 */
	private static final class ClientScanner extends ClassPathScanningCandidateComponentProvider {

		ClientScanner(Environment environment) {
			super(false, environment);
			addIncludeFilter(new AnnotationTypeFilter(RustBridgeClient.class, false));
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			return definition.getMetadata().isIndependent() && !definition.getMetadata().isAnnotation();
		}

	}

}
