package dev.rustbridge.boot.client;

import java.util.List;

import dev.rustbridge.boot.ImportRustBridgeClients;
import dev.rustbridge.client.InvalidClientException;
import dev.rustbridge.client.RustBridgeClient;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers the typed clients that are imported by name.
 */
public final class ClientImportRegistrar implements ImportBeanDefinitionRegistrar {

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		importing
			.getMergedRepeatableAnnotationAttributes(ImportRustBridgeClients.class,
					ImportRustBridgeClients.Several.class, false)
			.forEach((attributes) -> register(attributes, importing, registry));
	}

	private static void register(AnnotationAttributes attributes, AnnotationMetadata importing,
			BeanDefinitionRegistry registry) {
		for (Class<?> type : attributes.getClassArray("types")) {
			ClientDefinitions.register(registry, type, bridge(attributes.getString("bridge"), type, importing));
		}
	}

	private static String bridge(String imported, Class<?> type, AnnotationMetadata importing) {
		if (!imported.isEmpty()) {
			return imported;
		}
		RustBridgeClient annotation = type.getAnnotation(RustBridgeClient.class);
		if (annotation == null) {
			throw new InvalidClientsException(
					List.of(new InvalidClientException(type,
							List.of(("@ImportRustBridgeClients on %s imports it without a bridge: set its 'bridge', or "
									+ "annotate the interface with @RustBridgeClient")
								.formatted(importing.getClassName())))));
		}
		return annotation.value();
	}

}
