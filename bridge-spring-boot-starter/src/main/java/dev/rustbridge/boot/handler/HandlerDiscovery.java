package dev.rustbridge.boot.handler;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.rustbridge.BridgeCall;
import dev.rustbridge.BridgeEvent;
import dev.rustbridge.BridgeSession;
import dev.rustbridge.boot.BridgeExceptionHandler;
import dev.rustbridge.boot.BridgeHandler;
import dev.rustbridge.boot.BridgeInitializer;
import dev.rustbridge.boot.RustBridgeEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.Order;

/**
 * Finds handlers and initializers, and tells all mistakes in them at once.
 */
final class HandlerDiscovery {

	private static final Set<Class<?>> GIVEN = Set.of(BridgeCall.class, BridgeEvent.class, RustBridgeEvent.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final Scheduler scheduler;

	private final List<HandlerMethod> handlers = new ArrayList<>();

	private final List<InitializerMethod> initializers = new ArrayList<>();

	private final List<String> mistakes = new ArrayList<>();

	private HandlerDiscovery(ConfigurableListableBeanFactory beanFactory, Scheduler scheduler) {
		this.beanFactory = beanFactory;
		this.scheduler = scheduler;
	}

	static HandlerDiscovery in(ConfigurableListableBeanFactory beanFactory, Scheduler scheduler) {
		HandlerDiscovery discovery = new HandlerDiscovery(beanFactory, scheduler);
		for (String beanName : beanFactory.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(beanName) ? null
					: AutoProxyUtils.determineTargetClass(beanFactory, beanName);
			if (type != null
					&& AnnotationUtils.isCandidateClass(type, List.of(BridgeHandler.class, BridgeInitializer.class))) {
				discovery.addHandlers(beanName, type);
				discovery.addInitializers(beanName, type);
			}
		}
		discovery.refuseDoubles();
		if (!discovery.mistakes.isEmpty()) {
			throw new InvalidHandlerException(discovery.mistakes);
		}
		discovery.initializers.sort(Comparator.comparingInt((initializer) -> order(initializer.method().method())));
		return discovery;
	}

	List<HandlerMethod> handlers() {
		return this.handlers;
	}

	List<InitializerMethod> initializers() {
		return this.initializers;
	}

	private void addHandlers(String beanName, Class<?> type) {
		Map<Method, BridgeHandler> methods = select(type, BridgeHandler.class);
		if (methods.isEmpty()) {
			return;
		}
		ErrorMapping errors = errors(beanName, type);
		methods.forEach((method, annotation) -> {
			BeanMethod beanMethod = new BeanMethod(this.beanFactory, beanName, method);
			check(beanMethod, annotation);
			if (annotation.concurrency() >= 1) {
				this.handlers.add(new HandlerMethod(annotation, beanMethod, errors, this.scheduler));
			}
		});
	}

	private void addInitializers(String beanName, Class<?> type) {
		select(type, BridgeInitializer.class).forEach((method, annotation) -> {
			BeanMethod beanMethod = new BeanMethod(this.beanFactory, beanName, method);
			List<Class<?>> parameters = beanMethod.parameterTypes();
			if (!parameters.isEmpty() && !parameters.equals(List.of(BridgeSession.class))) {
				mistake(beanMethod, "an initializer takes a BridgeSession and nothing else");
			}
			this.initializers.add(new InitializerMethod(annotation, beanMethod, this.scheduler));
		});
	}

	private ErrorMapping errors(String beanName, Class<?> type) {
		ErrorMapping errors = new ErrorMapping();
		select(type, BridgeExceptionHandler.class).forEach((method, annotation) -> {
			BeanMethod beanMethod = new BeanMethod(this.beanFactory, beanName, method);
			List<Class<?>> parameters = beanMethod.parameterTypes();
			if (parameters.size() == 1 && Throwable.class.isAssignableFrom(parameters.get(0))) {
				errors.add(parameters.get(0).asSubclass(Throwable.class), annotation, beanMethod);
			}
			else {
				mistake(beanMethod, "an exception handler takes the exception and nothing else");
			}
		});
		return errors;
	}

	private void check(BeanMethod beanMethod, BridgeHandler annotation) {
		boolean call = !annotation.method().isEmpty();
		boolean event = !annotation.event().isEmpty();
		if (call == event) {
			mistake(beanMethod, "a handler says either the 'method' that it answers, or the 'event' and its 'reply'");
		}
		if (event == annotation.reply().isEmpty()) {
			mistake(beanMethod, event ? "the 'reply' to the event is missing" : "a 'reply' goes with an 'event' only");
		}
		if (annotation.concurrency() < 1) {
			mistake(beanMethod, "'concurrency' must be at least 1");
		}
		Method method = beanMethod.method();
		long payloads = beanMethod.parameterTypes().stream().filter((type) -> !GIVEN.contains(type)).count();
		if (payloads > 1) {
			mistake(beanMethod, "there is only one value that can be bound: take one object");
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(method.getReturnType());
		if (adapter != null && adapter.isMultiValue()) {
			mistake(beanMethod,
					"an answer is one value: return a Mono, not a " + method.getReturnType().getSimpleName());
		}
	}

	private void refuseDoubles() {
		Set<List<String>> known = new HashSet<>();
		for (HandlerMethod handler : this.handlers) {
			BridgeHandler annotation = handler.annotation();
			if (!known.add(List.of(annotation.bridge(), annotation.method(), annotation.event()))) {
				this.mistakes.add("%s: there is another handler of '%s' on bridge '%s'".formatted(handler.describe(),
						annotation.method() + annotation.event(), annotation.bridge()));
			}
		}
	}

	private static int order(Method method) {
		Order order = AnnotatedElementUtils.findMergedAnnotation(method, Order.class);
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

	private void mistake(BeanMethod method, String text) {
		this.mistakes.add(method.describe() + ": " + text);
	}

	private static <A extends Annotation> Map<Method, A> select(Class<?> type, Class<A> annotation) {
		return MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<@Nullable A>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, annotation));
	}

}
