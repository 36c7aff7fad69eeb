package dev.rustbridge.boot.client;

import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Predicate;

import dev.rustbridge.client.Operation;
import dev.rustbridge.client.RustBridgeClients;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.MethodReference;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragments;
import org.springframework.beans.factory.aot.BeanRegistrationCodeFragmentsDecorator;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.javapoet.ClassName;
import org.springframework.javapoet.CodeBlock;

/**
 * Typed clients in an application that was processed ahead of time: their definitions are
 * written into their own package, where they may be package-private, and the types that
 * they read and write are hinted at.
 */
final class ClientBeanAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		RootBeanDefinition definition = registeredBean.getMergedBeanDefinition();
		if (!ClientDefinitions.isClient(definition)) {
			return null;
		}
		Class<?> type = registeredBean.getBeanClass();
		return BeanRegistrationAotContribution
			.withCustomCodeFragments((fragments) -> new ClientCodeFragments(fragments, type));
	}

	private static void registerHints(Class<?> type, RuntimeHints hints) {
		hints.proxies().registerJdkProxy(type);
		hints.reflection().registerType(type);
		BindingReflectionHintsRegistrar payload = new BindingReflectionHintsRegistrar();
		for (Operation operation : RustBridgeClients.operations(type)) {
			for (Type payloadType : operation.payloadTypes()) {
				payload.registerReflectionHints(hints.reflection(), payloadType);
			}
		}
	}

	/**
	 * The definition as it was registered: a factory method of a bean, and no code that
	 * would have to see the interface.
	 */
	private static final class ClientCodeFragments extends BeanRegistrationCodeFragmentsDecorator {

		private final Class<?> type;

		ClientCodeFragments(BeanRegistrationCodeFragments delegate, Class<?> type) {
			super(delegate);
			this.type = type;
		}

		@Override
		public ClassName getTarget(RegisteredBean registeredBean) {
			return ClassName.get(this.type);
		}

		@Override
		public CodeBlock generateSetBeanDefinitionPropertiesCode(GenerationContext generationContext,
				BeanRegistrationCode beanRegistrationCode, RootBeanDefinition beanDefinition,
				Predicate<String> attributeFilter) {
			registerHints(this.type, generationContext.getRuntimeHints());
			return super.generateSetBeanDefinitionPropertiesCode(generationContext, beanRegistrationCode,
					beanDefinition, attributeFilter);
		}

		@Override
		public CodeBlock generateInstanceSupplierCode(GenerationContext generationContext,
				BeanRegistrationCode beanRegistrationCode, boolean allowDirectSupplierShortcut) {
			return CodeBlock.of("");
		}

		@Override
		public CodeBlock generateSetBeanInstanceSupplierCode(GenerationContext generationContext,
				BeanRegistrationCode beanRegistrationCode, CodeBlock instanceSupplierCode,
				List<MethodReference> postProcessors) {
			return CodeBlock.builder()
				.addStatement("$L.setFactoryMethodName($S)", BEAN_DEFINITION_VARIABLE, ClientDefinitions.FACTORY_METHOD)
				.build();
		}

	}

}
