package dev.rustbridge.boot.diagnostics;

import java.util.List;

import dev.rustbridge.RustBridge;
import dev.rustbridge.boot.bean.BridgeBeanNames;
import dev.rustbridge.client.RustBridgeClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Tells why no bridge, or no client of one, could be injected.
 */
class MissingBridgeBeanFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException>
		implements Ordered {

	private final BeanFactory beanFactory;

	MissingBridgeBeanFailureAnalyzer(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/** Before Boot's own, which knows the type only. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		Class<?> type = (cause.getResolvableType() != null) ? cause.getResolvableType().resolve() : null;
		if (type == null || cause instanceof NoUniqueBeanDefinitionException) {
			return null;
		}
		UnsatisfiedDependencyException dependency = findCause(rootFailure, UnsatisfiedDependencyException.class);
		InjectionPoint point = (dependency != null) ? dependency.getInjectionPoint() : null;
		String where = (point != null) ? point.getMember().getDeclaringClass().getName() : "A bean";
		if (type == RustBridge.class) {
			return missingBridge(where, point, cause);
		}
		return type.isAnnotationPresent(RustBridgeClient.class) ? missingClient(where, type, cause) : null;
	}

	private FailureAnalysis missingBridge(String where, @Nullable InjectionPoint point, Throwable cause) {
		List<String> known = (this.beanFactory instanceof ListableBeanFactory listable) ? BridgeBeanNames.in(listable)
				: List.of();
		Qualifier qualifier = (point != null) ? point.getAnnotation(Qualifier.class) : null;
		String wanted = (qualifier != null) ? "the bridge '" + qualifier.value() + "'" : "a bridge";
		String name = (qualifier != null) ? qualifier.value() : "<name>";
		return new FailureAnalysis(
				"%s needs %s, but there is none; there are: %s.".formatted(where, wanted,
						known.isEmpty() ? "none" : String.join(", ", known)),
				"Correct the name, or declare the bridge under 'rustbridge.bridges.%s'.".formatted(name), cause);
	}

	private FailureAnalysis missingClient(String where, Class<?> type, Throwable cause) {
		return new FailureAnalysis(
				"%s needs the client %s, but it was not found in the packages of the application.".formatted(where,
						type.getName()),
				"Move it below the package of the @SpringBootApplication, or import it with "
						+ "@ImportRustBridgeClients(types = %s.class).".formatted(type.getSimpleName()),
				cause);
	}

}
