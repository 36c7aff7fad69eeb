package dev.rustbridge.test.autoconfigure;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;

import dev.rustbridge.boot.BridgeEventListener;
import dev.rustbridge.boot.BridgeExceptionHandler;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.BridgeEventInterceptor;
import dev.rustbridge.boot.BridgeHandlerInterceptor;
import dev.rustbridge.boot.BridgeInitializer;
import dev.rustbridge.boot.BridgeJsonMapperCustomizer;
import dev.rustbridge.boot.RustBridgeConnectionDetails;
import dev.rustbridge.boot.RustBridgeCustomizer;
import dev.rustbridge.test.RustBridgeTest;
import tools.jackson.databind.JacksonModule;

import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.boot.jackson.JacksonMixin;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * {@link TypeExcludeFilter} for {@link RustBridgeTest}: leaves components out that have
 * nothing to do with bridges.
 */
public final class RustBridgeTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<RustBridgeTest> {

	private static final Set<Class<?>> TYPES = Set.of(RustBridgeCustomizer.class, RustBridgeConnectionDetails.class,
			BridgeJsonMapperCustomizer.class, BridgeHandlerInterceptor.class, BridgeEventInterceptor.class,
			JacksonComponent.class, JacksonMixin.class, JacksonModule.class);

	private static final List<Class<? extends Annotation>> METHODS = List.of(BridgeEventListener.class,
			BridgeHandler.class, BridgeExceptionHandler.class, BridgeInitializer.class);

	RustBridgeTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return TYPES;
	}

	@Override
	protected boolean defaultInclude(MetadataReader metadataReader, MetadataReaderFactory metadataReaderFactory)
			throws IOException {
		AnnotationMetadata metadata = metadataReader.getAnnotationMetadata();
		return METHODS.stream().anyMatch((annotation) -> metadata.hasAnnotatedMethods(annotation.getName()))
				|| super.defaultInclude(metadataReader, metadataReaderFactory);
	}

}
